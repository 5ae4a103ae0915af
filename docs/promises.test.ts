import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** The table of docs/promises.md: one row a promise, cells trimmed. */
function rows(): { clause: string; folders: string[]; tests: { file: string; name: string }[] }[] {
  return readFileSync(join(root, 'docs/promises.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| P\d+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const quoted = [...(cells[4] ?? '').matchAll(/`([^`]+)`: "([^"]+)"/g)];
      return {
        clause: cells[1] ?? '',
        folders: [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
        tests: quoted.map((match) => ({ file: match[1] ?? '', name: match[2] ?? '' })),
      };
    });
}

describe('docs/promises.md', () => {
  it('has a row for every clause built so far', () => {
    expect(new Set(rows().map((row) => row.clause))).toEqual(new Set(['P1', 'P5', 'P10', 'P14']));
  });

  for (const [index, row] of rows().entries()) {
    it(`row ${index + 1} (${row.clause}) names folders and tests that exist`, () => {
      expect(row.folders.length).toBeGreaterThan(0);
      expect(row.tests.length).toBeGreaterThan(0);
      for (const folder of row.folders) expect(existsSync(join(root, folder)), folder).toBe(true);
      for (const test of row.tests) {
        expect(existsSync(join(root, test.file)), test.file).toBe(true);
        expect(readFileSync(join(root, test.file), 'utf8'), `${test.file} has the test`).toContain(test.name);
      }
    });
  }
});
