import type { GroupsRead, GroupSums, KeyTuple, RowsRead, SumsOf } from '../../connector/index.ts';
import { RowList, type RowLine } from './known-rows.ts';
import { hexOf } from './row-sum.ts';
import { groupOf, nextStep, partsFor, widthFor } from './rules/ranges.ts';
import type { TableShape } from './table-shape.ts';

/** A range whose sum has changed, with the rows that the repository has of it. */
export interface ChangedRange {
  shape: TableShape;
  lo: KeyTuple | null;
  hi: KeyTuple | null;
  old: RowList;
  /** What the site says of it now. */
  rows: number;
  sum: string;
}

/** What of a changed range has to be read again. */
export type Finding =
  | { kind: 'all' }
  /** Rows whose floor(leading key / width) is in groups, for each width. */
  | { kind: 'groups'; widths: Map<number, number[]> }
  /** Old lines from .. to (exclusive), between the keys lo and hi. */
  | { kind: 'spans'; spans: Span[] };

export interface Span {
  from: number;
  to: number;
  lo: KeyTuple | null;
  hi: KeyTuple | null;
}

/** What the search needs of the site (connector: `client.database`). */
export interface SumSource {
  groups(reads: readonly GroupsRead[], digits: number): Promise<GroupSums[]>;
  sums(tables: readonly SumsOf[]): Promise<[rows: number, sum: string][][]>;
}

/** Hex digits of a group's checksum: a miss (1 in 16 million) is caught by the range's own sum. */
const DIGITS = 6;

/** Looks closer at changed ranges, all of them in the same few requests, until reading rows is cheaper than looking. */
export async function findChanges(ranges: readonly ChangedRange[], source: SumSource): Promise<Finding[]> {
  const searches = ranges.map((range): Search => {
    if (range.old.length < 3) return new AllSearch();
    return range.old.hasNumericKeys ? new GroupSearch(range) : new SpanSearch(range);
  });
  for (;;) {
    const looking = searches.filter((search) => search.looking);
    if (looking.length === 0) break;
    const byGroups = looking.filter((search) => search instanceof GroupSearch);
    const bySpans = looking.filter((search) => search instanceof SpanSearch);
    await Promise.all([lookAtGroups(byGroups, source), lookAtSpans(bySpans, source)]);
  }
  return searches.map((search) => search.finding());
}

async function lookAtGroups(searches: readonly GroupSearch[], source: SumSource): Promise<void> {
  if (searches.length === 0) return;
  const answers = await source.groups(
    searches.map((search) => search.question()),
    DIGITS,
  );
  for (const [i, search] of searches.entries()) search.answer(answers[i] ?? []);
}

async function lookAtSpans(searches: readonly SpanSearch[], source: SumSource): Promise<void> {
  if (searches.length === 0) return;
  const questions = searches.map((search) => search.questions());
  const answers = await source.sums(questions.flat());
  let at = 0;
  for (const [i, search] of searches.entries()) {
    const mine = questions[i]?.length ?? 0;
    search.answer(answers.slice(at, at + mine));
    at += mine;
  }
}

interface Search {
  readonly looking: boolean;
  finding(): Finding;
}

class AllSearch implements Search {
  readonly looking = false;
  finding(): Finding {
    return { kind: 'all' };
  }
}

/** Search by groups of whole-number keys. */
class GroupSearch implements Search {
  readonly #range: ChangedRange;
  readonly #rowBytes: number;
  readonly #found = new Map<number, number[]>();
  #level = 0;
  #width: number;
  #of: { width: number; groups: number[] } | undefined;
  /** More has changed than can be compared. */
  #isLost = false;
  looking: boolean;

  constructor(range: ChangedRange) {
    this.#range = range;
    const { lines } = range.old;
    const low = lines[0]!.key;
    const high = lines.at(-1)!.key;
    this.#width = powerOfTwo(widthFor(low, high, partsFor(0)));
    this.#rowBytes = averageBytes(range.old);
    const cell = { rows: range.rows, rowBytes: this.#rowBytes, level: 0, divisible: high > low };
    this.looking = nextStep(cell).step === 'look';
  }

  question(): GroupsRead {
    const { shape, lo, hi } = this.#range;
    return {
      table: shape.name,
      ...(lo === null ? {} : { lo }),
      ...(hi === null ? {} : { hi }),
      width: this.#width,
      ...(this.#of === undefined ? {} : { of: this.#of }),
    };
  }

  answer(groups: GroupSums): void {
    if (groups === 'too-many') {
      this.#isLost = true;
      this.looking = false;
      return;
    }
    const now = new Map(groups.map(([group, rows, xor]) => [Number(group), { rows, xor }]));
    const old = this.#oldGroups();
    const width = this.#width;
    const closer: number[] = [];
    this.#level += 1;
    for (const group of new Set([...old.keys(), ...now.keys()])) {
      const before = old.get(group);
      const after = now.get(group);
      if (before !== undefined && after !== undefined) {
        if (before.rows === after.rows && hexOf(before.high, before.low).startsWith(after.xor)) continue;
      }
      const rows = after?.rows ?? 0;
      const cell = { rows, rowBytes: this.#rowBytes, level: this.#level, divisible: width > 1 };
      if (nextStep(cell).step === 'look') closer.push(group);
      else addTo(this.#found, width, group);
    }
    this.looking = closer.length > 0;
    this.#of = { width, groups: closer };
    this.#width = Math.max(1, width / partsFor(this.#level));
  }

  finding(): Finding {
    // Never looked: the rows of the range cost less than that.
    return this.#level === 0 || this.#isLost ? { kind: 'all' } : { kind: 'groups', widths: this.#found };
  }

  #oldGroups(): Map<number, { rows: number; high: number; low: number }> {
    const groups = new Map<number, { rows: number; high: number; low: number }>();
    const wanted = this.#of === undefined ? undefined : new Set(this.#of.groups);
    for (const line of this.#range.old.lines) {
      if (wanted !== undefined && !wanted.has(groupOf(line.key, this.#of!.width))) continue;
      const number = groupOf(line.key, this.#width);
      const group = groups.get(number);
      if (group === undefined) groups.set(number, { rows: 1, high: line.high, low: line.low });
      else {
        group.rows += 1;
        group.high ^= line.high;
        group.low ^= line.low;
      }
    }
    return groups;
  }
}

/** Search by spans of old rows, for keys that are not whole numbers. */
class SpanSearch implements Search {
  readonly #range: ChangedRange;
  readonly #rowBytes: number;
  readonly #found: Span[] = [];
  #level = 0;
  #open: Span[];
  looking: boolean;

  constructor(range: ChangedRange) {
    this.#range = range;
    this.#rowBytes = averageBytes(range.old);
    this.#open = [{ from: 0, to: range.old.length, lo: range.lo, hi: range.hi }];
    const cell = { rows: range.rows, rowBytes: this.#rowBytes, level: 0, divisible: true };
    this.looking = nextStep(cell).step === 'look';
  }

  questions(): SumsOf[] {
    return this.#open.map((span) => ({
      name: this.#range.shape.name,
      bounds: this.#parts(span)
        .slice(0, -1)
        .map((part) => part.hi ?? []),
      ...(span.lo === null ? {} : { lo: span.lo }),
      ...(span.hi === null ? {} : { hi: span.hi }),
    }));
  }

  answer(answers: readonly (readonly [rows: number, sum: string][])[]): void {
    const next: Span[] = [];
    const open = this.#open;
    const level = this.#level + 1;
    for (const [i, span] of open.entries()) {
      for (const [p, part] of this.#parts(span).entries()) {
        const [rows, sum] = answers[i]?.[p] ?? [0, ''];
        const old = this.#range.old.sum(part.from, part.to);
        if (old.rows === rows && old.hex === sum) continue;
        const cell = { rows, rowBytes: this.#rowBytes, level, divisible: part.to - part.from > 1 };
        if (nextStep(cell).step === 'look') next.push(part);
        else this.#found.push(part);
      }
    }
    this.#level = level;
    this.#open = next;
    this.looking = next.length > 0;
  }

  finding(): Finding {
    if (this.#level === 0) return { kind: 'all' };
    return { kind: 'spans', spans: this.#found.toSorted((a, b) => a.from - b.from) };
  }

  #parts(span: Span): Span[] {
    const rows = span.to - span.from;
    const parts = Math.min(partsFor(this.#level), rows);
    const result: Span[] = [];
    let from = span.from;
    let lo = span.lo;
    for (let p = 1; p <= parts; p++) {
      const to = p === parts ? span.to : span.from + Math.floor((rows * p) / parts);
      const hi = p === parts ? span.hi : this.#range.old.keyAt(to - 1);
      result.push({ from, to, lo, hi });
      from = to;
      lo = hi;
    }
    return result;
  }
}

function averageBytes(rows: RowList): number {
  return rows.lines.reduce((sum, line) => sum + line.text.length, 0) / Math.max(1, rows.length);
}

function powerOfTwo(width: number): number {
  return 2 ** Math.ceil(Math.log2(width));
}

function addTo(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The reads that bring what was found, in order. */
export function readsFor(range: ChangedRange, finding: Finding): RowsRead[] {
  const { shape, lo, hi } = range;
  const table = shape.name;
  const within = (low: KeyTuple | null, high: KeyTuple | null): RowsRead => ({
    table,
    ...(low === null ? {} : { lo: low }),
    ...(high === null ? {} : { hi: high }),
  });
  if (finding.kind === 'all') return [within(lo, hi)];
  if (finding.kind === 'spans') return finding.spans.map((span) => within(span.lo, span.hi));
  return [...finding.widths].map(([width, groups]) => ({
    ...within(lo, hi),
    width,
    groups: groups.toSorted((a, b) => a - b),
  }));
}

/** Old rows and rows that were read again, put together in key order. */
export function splice(range: ChangedRange, finding: Finding, read: readonly RowList[]): RowList {
  const { old } = range;
  const lines = finding.kind === 'groups' ? spliceGroups(old, finding.widths, read) : spliceSpans(old, finding, read);
  return new RowList(old.shape, lines);
}

function spliceGroups(old: RowList, widths: Map<number, number[]>, read: readonly RowList[]): RowLine[] {
  const replaced = [...widths].map(([width, groups]) => ({ width, groups: new Set(groups) }));
  const kept = old.lines.filter((line) => !replaced.some(({ width, groups }) => groups.has(groupOf(line.key, width))));
  // A stable sort keeps the server's order among rows with the same leading key, which always come from one side.
  return [...kept, ...read.flatMap((list) => list.lines)].toSorted((a, b) => a.key - b.key);
}

function spliceSpans(old: RowList, finding: Finding, read: readonly RowList[]): RowLine[] {
  if (finding.kind !== 'spans') return read.flatMap((list) => list.lines);
  const lines: RowLine[] = [];
  let at = 0;
  for (const [i, span] of finding.spans.entries()) {
    lines.push(...old.lines.slice(at, span.from), ...(read[i]?.lines ?? []));
    at = span.to;
  }
  lines.push(...old.lines.slice(at));
  return lines;
}
