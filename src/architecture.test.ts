// Holds the import directions of the house (ARCHITECTURE.md). Reads every import of src/, fast and without running it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = path.dirname(fileURLToPath(import.meta.url));

interface Import {
  /** Importing file, relative to src, `/` between names. */
  from: string;
  /** Imported file relative to src, or the name of a package or node module. */
  to: string;
  isOurs: boolean;
  isTypeOnly: boolean;
}

const isTest = (file: string): boolean => /\.test\.ts$|(^|\/)([a-z]+-)*test-[a-z-]+\.ts$/.test(file);

function sourceFiles(folder = src): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(full);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path.relative(src, full)] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s(type\s)?[^'";]*?from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm,
  );
  return Array.from(statements, (match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const isOurs = name.startsWith('.');
    const to = isOurs ? path.relative(src, path.resolve(src, path.dirname(file), name)) : name;
    return { from: file, to, isOurs, isTypeOnly: match[1] !== undefined };
  });
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const ofTheHouse = imports.filter((each) => !isTest(each.from));

/** Composition roots: they may import any contract, routes and index. */
const roots = new Set([
  'api.ts',
  'contract.ts',
  'main.ts',
  'probe.ts',
  'routes.ts',
  'serve.ts',
  'watcher.ts',
  'work.ts',
  'architecture.test.ts',
]);
/** Not capabilities: what stands below them (platform, restic, connector) or above them (cli, doctor). */
const grounds = new Set(['platform', 'restic', 'connector', 'channels', 'cli', 'doctor']);

const top = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');
const isCapability = (file: string): boolean => top(file) !== '' && !grounds.has(top(file));
const tell = (all: Import[]): string[] => all.map((each) => `${each.from} -> ${each.to}`);

describe('import directions', () => {
  test('the test sees the imports (it can fail)', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
    const missing = imports.filter(
      ({ to, isOurs }) => isOurs && !statSync(path.join(src, to), { throwIfNoEntry: false })?.isFile(),
    );
    expect(tell(missing)).toEqual([]);
  });

  test('src/restic imports nothing of ours', () => {
    const wrong = ofTheHouse.filter((each) => top(each.from) === 'restic' && each.isOurs && top(each.to) !== 'restic');
    expect(tell(wrong)).toEqual([]);
  });

  test('platform imports no capability and nothing above it', () => {
    const wrong = ofTheHouse.filter(
      (each) =>
        top(each.from) === 'platform' &&
        each.isOurs &&
        top(each.to) !== 'platform' &&
        !each.to.startsWith('../migrations'),
    );
    expect(tell(wrong)).toEqual([]);
  });

  test('the connector client imports only platform', () => {
    const wrong = ofTheHouse.filter(
      (each) => top(each.from) === 'connector' && each.isOurs && !['connector', 'platform'].includes(top(each.to)),
    );
    expect(tell(wrong)).toEqual([]);
  });

  test('a capability uses another only through its index.ts, and in contracts its contract.ts', () => {
    const wrong = ofTheHouse.filter(({ from, to, isOurs }) => {
      if (!isOurs || !isCapability(from) || !isCapability(to) || top(from) === top(to)) return false;
      const isContract = /(^|\/)contract\.ts$/.test(from) && /(^|\/)contract\.ts$/.test(to);
      return to !== `${top(to)}/index.ts` && !isContract;
    });
    expect(tell(wrong)).toEqual([]);
  });

  test('others use restic and connector only through their index.ts', () => {
    const wrong = ofTheHouse.filter(({ from, to, isOurs, isTypeOnly }) => {
      const ground = top(to);
      if (isTypeOnly && to === 'restic/types.ts') return false;
      if (!isOurs || (ground !== 'restic' && ground !== 'connector') || top(from) === ground) return false;
      return to !== `${ground}/index.ts` && to !== 'connector/build-zip.ts';
    });
    expect(tell(wrong)).toEqual([]);
  });

  test('rules are pure: no node modules, no Kysely, nothing of platform', () => {
    const wrong = ofTheHouse.filter(({ from, to, isOurs, isTypeOnly }) => {
      if (!from.includes('/rules/')) return false;
      if (isOurs) return top(to) === 'platform' && top(from) !== 'platform' && !isTypeOnly;
      return to.startsWith('node:') || ['kysely', 'pg', 'pg-boss', 'pino', 'hono'].includes(to);
    });
    expect(tell(wrong)).toEqual([]);
  });

  test('only store.ts (in platform: *-store.ts and database/) holds SQL', () => {
    const wrong = ofTheHouse.filter(({ from, to, isTypeOnly }) => {
      if (to !== 'kysely' || isTypeOnly) return false;
      return !/(^|\/)([a-z-]+-)?store\.ts$/.test(from) && !from.startsWith('platform/database/');
    });
    expect(tell(wrong)).toEqual([]);
    const queries = files
      .filter(
        (file) => !isTest(file) && !/(^|\/)([a-z-]+-)?store\.ts$/.test(file) && !file.startsWith('platform/database/'),
      )
      .filter((file) =>
        /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(readFileSync(path.join(src, file), 'utf8')),
      );
    expect(queries).toEqual([]);
  });

  test('the command line sees the house only through contract, words and rules', () => {
    const allowed =
      /^(cli\/|platform\/|contract\.ts$|main\.ts$|probe\.ts$|connector\/build-zip\.ts$)|(^|\/)([a-z-]*words|contract)\.ts$|\/rules\//;
    const wrong = ofTheHouse.filter(({ from, to, isOurs }) => top(from) === 'cli' && isOurs && !allowed.test(to));
    expect(tell(wrong)).toEqual([]);
  });

  test('nobody imports the composition roots but each other, the command line and tests', () => {
    const wrong = ofTheHouse.filter(
      ({ from, to, isOurs }) => isOurs && roots.has(to) && !roots.has(from) && top(from) !== 'cli',
    );
    expect(tell(wrong)).toEqual([]);
  });

  test('no test code in the house', () => {
    const wrong = ofTheHouse.filter(({ to, isOurs }) => isOurs && isTest(to));
    expect(tell(wrong)).toEqual([]);
  });
});

describe('the web', () => {
  const web = path.resolve(src, '../web');
  const webFiles = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const webImports = webFiles
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(web, file), 'utf8');
      const statements = text.matchAll(
        /^(?:import|export)\s(type\s)?[^'";]*?from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm,
      );
      return Array.from(statements, (match) => {
        const name = match[2] ?? match[3] ?? match[4] ?? '';
        const isOurs = name.startsWith('.');
        const to = isOurs ? path.relative(src, path.resolve(web, path.dirname(file), name)) : name;
        return { from: `web/${file}`, to, isOurs, isTypeOnly: match[1] !== undefined };
      });
    });

  test('sees of src only words, rules, and contracts as types', () => {
    expect(webImports.length).toBeGreaterThan(100);
    const wrong = webImports.filter(({ to, isOurs, isTypeOnly }) => {
      if (!isOurs || to.startsWith('../web/')) return false;
      if (/(^|\/)contract\.ts$/.test(to)) return !isTypeOnly;
      return !/(^|\/)([a-z-]+-)?words\.ts$|(^|\/)rules\/[^/]+\.ts$/.test(to) && !isTypeOnly;
    });
    expect(tell(wrong)).toEqual([]);
  });

  test('what it takes of src brings nothing of the server with it', () => {
    // Words and rules may import one another and types; anything else would land in the bundle.
    const taken = new Set<string>();
    const take = (file: string): void => {
      if (taken.has(file)) return;
      taken.add(file);
      for (const each of importsOf(file)) if (each.isOurs && !each.isTypeOnly) take(each.to);
    };
    for (const { to, isOurs, isTypeOnly } of webImports)
      if (isOurs && !isTypeOnly && !to.startsWith('../web/')) take(to);
    const wrong = imports.filter(
      ({ from, to, isOurs, isTypeOnly }) =>
        taken.has(from) &&
        !isTypeOnly &&
        // The calendar of the browser itself, once it has one: pure, and only in what loads with the page of the rota.
        (isOurs ? /(^|\/)(store|contract|index|routes)\.ts$/.test(to) : to !== 'temporal-polyfill'),
    );
    expect(tell(wrong)).toEqual([]);
  });

  test('loads no schema, no server library and no node module', () => {
    const heavy = /^(node:|zod|hono|kysely|pg|better-auth(?!\/client)|@orpc\/(server|zod|openapi))/;
    const wrong = webImports.filter(
      ({ from, to, isOurs, isTypeOnly }) =>
        !isOurs && !isTypeOnly && heavy.test(to) && !from.endsWith('vite.config.ts'),
    );
    expect(tell(wrong)).toEqual([]);
  });

  test('is seen by nobody in src', () => {
    expect(tell(imports.filter(({ to, isOurs, from }) => isOurs && to.startsWith('../web') && !isTest(from)))).toEqual(
      [],
    );
  });

  test('has no file above 400 lines, and no folder or file without a meaning', () => {
    const long = webFiles.filter(
      (file) => !file.endsWith('words.ts') && readFileSync(path.join(web, file), 'utf8').split('\n').length > 400,
    );
    expect(long).toEqual([]);
    const vague = webFiles.filter((file) =>
      file.split('/').some((name) => /^(utils?|helpers?|common|lib|misc|hooks)(\.|$)/i.test(name)),
    );
    expect(vague).toEqual([]);
  });

  test('writes no text of its own into a screen: everything people read is in a catalogue', () => {
    // A sentence between tags: two words of letters in a row.
    const found = webFiles
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) =>
        Array.from(
          readFileSync(path.join(web, file), 'utf8').matchAll(/(?:[^=]>|\/>)\s*([A-Z][a-z]+ [a-z]+[^<>{}()=;]*)<\//g),
          (match) => `${file}: ${match[1]?.trim()}`,
        ),
      );
    expect(found).toEqual([]);
  });
});

describe('time', () => {
  test('is read only by platform/clock.ts', () => {
    const readers = files
      .filter((file) => !isTest(file) && file !== 'platform/clock.ts' && top(file) !== 'restic')
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|Temporal\.Now|\bperformance\.now\(/.test(
          readFileSync(path.join(src, file), 'utf8'),
        ),
      );
    expect(readers).toEqual([]);
  });
});

describe('names', () => {
  test('no utils, helpers, common, lib or misc', () => {
    const wrong = files.filter((file) =>
      file.split('/').some((name) => /^(utils?|helpers?|common|lib|misc)(\.|$)/.test(name)),
    );
    expect(wrong).toEqual([]);
  });

  test('few files above 400 lines (words and tests are tables)', () => {
    const long = files
      .filter((file) => !isTest(file))
      .filter((file) => !file.endsWith('words.ts'))
      .map((file) => ({ file, lines: readFileSync(path.join(src, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });
});
