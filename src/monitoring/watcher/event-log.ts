import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { systemCodeOf } from '../../platform/errors.ts';

interface Line<Event> {
  n: number;
  event?: Event;
  /** The event of this number is in the database. */
  done?: true;
}

const compactAboveBytes = 1_000_000;

/**
 * Events that must not be lost: one JSON line each, on the disk (fsync) before anybody acts on it. None of them ever goes
 * for want of room: they are few and short.
 */
export class EventLog<Event> {
  #file: string;
  #handle: FileHandle | undefined;
  #next = 1;
  #bytes = 0;
  #isCut = false;
  #pending = new Map<number, Event>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = path.join(folder, 'events.jsonl');
    const text = textOf(this.#file);
    this.#bytes = text.length;
    // A line that a crash cut off must not swallow the next one.
    this.#isCut = text !== '' && !text.endsWith('\n');
    for (const line of linesOf<Event>(text)) {
      this.#next = Math.max(this.#next, line.n + 1);
      if (line.done) this.#pending.delete(line.n);
      else if (line.event !== undefined) this.#pending.set(line.n, line.event);
    }
  }

  /** Events that are not in the database yet, in their order. */
  pending(): [n: number, event: Event][] {
    return [...this.#pending];
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Resolves once the event is on the disk. It stands among the pending ones at once. */
  append(event: Event): Promise<number> {
    const n = this.#next++;
    this.#pending.set(n, event);
    return this.#inTurn(async () => {
      await this.#write({ n, event }, true);
      return n;
    });
  }

  /** They are in the database. Not forced to the disk: told twice they make one thing. */
  settle(ns: readonly number[]): Promise<void> {
    for (const n of ns) this.#pending.delete(n);
    return this.#inTurn(async () => {
      for (const n of ns) await this.#write({ n, done: true }, false);
      if (this.#pending.size === 0 ? this.#bytes > 0 : this.#bytes > compactAboveBytes) await this.#compact();
    });
  }

  /** Resolves when everything appended so far is on the disk. */
  async synced(): Promise<void> {
    await this.#tail.catch(() => {});
  }

  async close(): Promise<void> {
    await this.synced();
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.catch(() => {}).then(work);
    this.#tail = result;
    return result;
  }

  async #write(line: Line<Event>, force: boolean): Promise<void> {
    const text = `${this.#isCut ? '\n' : ''}${JSON.stringify(line)}\n`;
    this.#isCut = false;
    this.#handle ??= await open(this.#file, 'a', 0o600);
    await this.#handle.appendFile(text);
    this.#bytes += text.length;
    if (force) await this.#handle.datasync();
  }

  /** A file with what is pending alone, whole or not at all. */
  async #compact(): Promise<void> {
    const fresh = `${this.#file}.new`;
    const text = this.pending()
      .map(([n, event]) => `${JSON.stringify({ n, event })}\n`)
      .join('');
    const handle = await open(fresh, 'w', 0o600);
    // The last number stays known, so that numbers are not used twice.
    await handle.appendFile(`${JSON.stringify({ n: this.#next - 1, done: true })}\n${text}`);
    await handle.datasync();
    await handle.close();
    await this.#handle?.close();
    this.#handle = undefined;
    renameSync(fresh, this.#file);
    this.#bytes = this.#pending.size === 0 ? 0 : text.length;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

/** Lines that are whole. */
function linesOf<Event>(text: string): Line<Event>[] {
  return text.split('\n').flatMap((line) => {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this class alone writes the file
      return line === '' ? [] : [JSON.parse(line) as Line<Event>];
    } catch {
      return [];
    }
  });
}
