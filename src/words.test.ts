// Renders every entry of every catalogue (`defineWords`) of src and web, in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Words from './platform/words.ts';

interface Catalogue {
  file: string;
  nl: unknown;
  en: unknown;
}

const { found } = vi.hoisted(() => ({ found: [] as Catalogue[] }));

// The real one, which also writes down what it was given.
vi.mock('./platform/words.ts', async (importOriginal) => {
  const real = await importOriginal<typeof Words>();
  const defineWords: typeof real.defineWords = (words) => {
    // The caller's file is the first in the stack that is not this one.
    const caller = /\/((?:src|web)\/(?!words\.test)[^:?\s]+)/.exec(new Error('where').stack ?? '')?.[1];
    found.push({ file: caller ?? '?', nl: words.nl, en: words.en });
    return real.defineWords(words);
  };
  return { ...real, defineWords };
});

const root = path.resolve(import.meta.dirname, '..');
const files = ['src', 'web'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`)
    .filter(
      (file) =>
        file !== 'src/platform/words.ts' && /\bdefineWords[<(]/.test(readFileSync(path.join(root, file), 'utf8')),
    ),
);

beforeAll(async () => {
  for (const file of files) await import(/* @vite-ignore */ path.join(root, file));
}, 60_000);

type Sample = readonly unknown[];

/** Answers every question with the same, for functions that are given a record. */
const anyRecord = (value: unknown): object =>
  new Proxy({}, { get: (_, key) => (typeof key === 'symbol' ? undefined : value), has: () => true });

const moment = '2026-11-25T03:10:00.000Z';
const format = (value: unknown): string => String(value);
const candidates = [
  3,
  'bakkerij.nl',
  moment,
  new Date(moment),
  true,
  ['a', 'b'],
  {},
  anyRecord(3),
  anyRecord('bakkerij.nl'),
  format,
];

/** Arguments for a function: numbers first, then whatever else its parameters may be. */
function* samplesFor(parameters: number): Generator<Sample> {
  if (parameters === 0) {
    yield [];
    return;
  }
  for (const rest of samplesFor(parameters - 1)) for (const first of candidates) yield [first, ...rest];
}

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

const isClean = (texts: string[]): boolean =>
  texts.length > 0 &&
  texts.every((text) => text.trim() !== '' && !/undefined|NaN|\[object|Invalid Date|=>|\bnull\b/.test(text));

/** What a function says to the first arguments that fit it; undefined when nothing does. */
function call(entry: (...all: unknown[]) => unknown, sample: Sample): string[] | undefined {
  try {
    const texts = textsOf(entry(...sample));
    return isClean(texts) ? texts : undefined;
  } catch {
    return undefined;
  }
}

interface Rendered {
  place: string;
  nl: string[] | undefined;
  en: string[] | undefined;
  /** Both with every number 1. */
  one: string[];
}

const isFunction = (value: unknown): value is (...all: unknown[]) => unknown => typeof value === 'function';

function render(place: string, nl: unknown, en: unknown): Rendered[] {
  if (isFunction(nl) && isFunction(en)) {
    const parameters = Math.max(nl.length, en.length);
    for (const sample of samplesFor(Math.min(parameters, 4))) {
      const said = { nl: call(nl, sample), en: call(en, sample) };
      if (!said.nl || !said.en) continue;
      const ones = sample.map((each) => (each === 3 ? 1 : each));
      return [{ place, ...said, one: [...(call(nl, ones) ?? []), ...(call(en, ones) ?? [])] }];
    }
    return [{ place, nl: undefined, en: undefined, one: [] }];
  }
  // A list of words may be longer in one language.
  if (Array.isArray(nl) && Array.isArray(en) && !nl.some(isFunction))
    return [{ place, nl: textsOf(nl), en: textsOf(en), one: [] }];
  if (typeof nl === 'object' && nl !== null && typeof en === 'object' && en !== null) {
    const keys = new Set([...Object.keys(nl), ...Object.keys(en)]);
    const at = (of: object, key: string): unknown => Object.entries(of).find(([name]) => name === key)?.[1];
    return [...keys].flatMap((key) => render(`${place}.${key}`, at(nl, key), at(en, key)));
  }
  if (typeof nl === 'string' && typeof en === 'string') return [{ place, nl: [nl], en: [en], one: [] }];
  // Numbers and flags are no words; an entry that only one language has is a fault.
  return typeof nl === typeof en ? [] : [{ place, nl: textsOf(nl), en: undefined, one: [] }];
}

let rendered: Rendered[] | undefined;
const all = (): Rendered[] => (rendered ??= found.flatMap(({ file, nl, en }) => render(file, nl, en)));

/** Headings that commander prints in English by itself. */
const silent =
  /^src\/cli\/words\.ts\.titles|\.reasons\.(work-under-way|backup-good)\.(one|many|why)$|^web\/sign-in\/error-words\.ts\.customer-needed$/;
/** The same in both languages, rightly. */
const alike = new Set([
  'src/doctor/words.ts.steps.serve',
  'src/probes/words.ts.command',
  'web/console/settings/alarm-words.ts.channels.kinds.http-sms',
]);
/**
 * Not asked about 1: said of several only, or figures of a whole site or house (files, rows, backups) that come
 * formatted already.
 */
const ofSeveral =
  /^src\/backups\/(policy-)?words\.ts|allWell$|zoomIn$|several$|^web\/site\/words\.ts\.(work|line|moment|changes)|^web\/console\/add-site\/words\.ts|\.keeping\.preview$|^web\/ui\/day-bars-words\.ts\.(span|ago)$|^web\/portal\/watch-words\.ts\.every$/;

describe('words for people', () => {
  test('every catalogue is found', () => {
    const withWords = new Set(found.map(({ file }) => file));
    expect(files.filter((file) => !withWords.has(file))).toEqual([]);
    expect(found.length).toBeGreaterThan(15);
    expect(all().length).toBeGreaterThan(400);
  });

  test('every entry says something in both languages', () => {
    const wrong = all().filter(({ place, nl, en }) => !silent.test(place) && !(nl && en && isClean(nl) && isClean(en)));
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });

  test('no sentence is the same in both: one was forgotten', () => {
    const wrong = all().filter(({ place, nl, en }) => {
      const sentence = nl?.join(' ') ?? '';
      // Names, units and single words may be alike.
      return (
        !alike.has(place) && sentence.split(/\s+/).length > 2 && /[a-z]{3}/.test(sentence) && sentence === en?.join(' ')
      );
    });
    expect(wrong.map(({ place, nl }) => `${place}: ${nl?.join(' ')}`)).toEqual([]);
  });

  test('one is one: no plural after 1', () => {
    const english =
      /\b1 (sites|things|files|tables|rows|days|hours|minutes|seconds|backups|snapshots|moments|people|customers|plugins|keys|times|months|weeks|years|requests|attempts|entries|codes|sessions|passkeys|tokens|duties)\b/;
    const dutch =
      /\b1 (sites|dingen|bestanden|tabellen|rijen|dagen|minuten|seconden|momentopnamen|momenten|mensen|klanten|plugins|sleutels|maanden|weken|jaren|verzoeken|pogingen|regels|codes|sessies|tokens|plichten|backups)\b/;
    const wrong = all().flatMap(({ place, one }) =>
      (ofSeveral.test(place) ? [] : one)
        .filter((text) => english.test(text) || dutch.test(text))
        .map((text) => `${place}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  test('Dutch says je, never u', () => {
    const wrong = all().filter(({ nl }) => nl?.some((text) => /(^|[\s(])(u|uw|U|Uw)[\s.,:;!?)]/.test(text)));
    expect(wrong.map(({ place, nl }) => `${place}: ${nl?.join(' ')}`)).toEqual([]);
  });
});
