import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newestRestic } from '../e2e/harness/restic-binaries.ts';
import type { Bench, Figure } from './bench.ts';

const run = promisify(execFile);

const FILES = 20_000;
const CODE_FILES = 12_000;
const BYTES = 400 * 1024 * 1024;
const CODE_BYTES = 90 * 1024 * 1024;
const LARGE_BYTES = 2_000_000_000;
const ROUNDS = 2;
const PASSWORD = 'bench';

export const bench: Bench = {
  says:
    'First backup of 20,000 files (400 MiB: 12,000 of program text, 8,000 that do not shrink) with src/restic and with restic, ' +
    'each into a new repository, CPU seconds of the whole process, sum of two alternating runs; then the memory of src/restic for a file of 2 GB.',
  goals: [
    { figure: 'CPU, src/restic : restic', most: 0.95 },
    { figure: 'stored, src/restic : restic', most: 1.1 },
    { figure: 'memory for 2 GB', most: 400 },
  ],
  run: measure,
};

async function measure(tell: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp('/var/tmp/nw-bench-');
  try {
    const site = join(folder, 'site');
    await makeSite(site);
    tell(`made ${FILES} files`);
    const restic = (await newestRestic()).path;
    const cpu = { ours: 0, theirs: 0 };
    let stored = { ours: 0, theirs: 0 };
    for (let turn = 0; turn < ROUNDS; turn++) {
      const [a, b] = [join(folder, `ours-${turn}`), join(folder, `theirs-${turn}`)];
      const ours = await timeCommand(ourCommand(site, a));
      const env = { RESTIC_PASSWORD: PASSWORD, RESTIC_REPOSITORY: b, RESTIC_CACHE_DIR: join(folder, `cache-${turn}`) };
      await run(restic, ['init'], { env: { ...process.env, ...env } });
      const theirs = await timeCommand([restic, 'backup', '--quiet', site], env);
      cpu.ours += ours.cpu;
      cpu.theirs += theirs.cpu;
      stored = { ours: await sizeOf(a), theirs: await sizeOf(b) };
      tell(`src/restic ${ours.cpu.toFixed(2)} CPU s, restic ${theirs.cpu.toFixed(2)} CPU s`);
      for (const path of [a, b]) await rm(path, { recursive: true });
    }
    await rm(site, { recursive: true });
    const large = join(folder, 'large');
    await makeLarge(large);
    const { answer } = await timeCommand(ourCommand(large, join(folder, 'large-repository')));
    const { maxRssBytes } = JSON.parse(answer) as { maxRssBytes: number };
    return [
      { name: 'CPU, src/restic', value: round(cpu.ours), unit: 'CPU s' },
      { name: 'CPU, restic', value: round(cpu.theirs), unit: 'CPU s' },
      { name: 'CPU, src/restic : restic', value: round(cpu.ours / cpu.theirs), unit: 'ratio' },
      { name: 'stored, src/restic : restic', value: round(stored.ours / stored.theirs), unit: 'ratio' },
      { name: 'memory for 2 GB', value: Math.round(maxRssBytes / 1e6), unit: 'MB' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ourCommand(source: string, repository: string): string[] {
  return [process.execPath, join(import.meta.dirname, '_restic-first-child.ts'), source, repository, PASSWORD];
}

/** CPU seconds (user and system, all threads and children) as the shell counts them. */
async function timeCommand(
  command: string[],
  env: Record<string, string> = {},
): Promise<{ cpu: number; answer: string }> {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@"';
  const { stdout, stderr } = await run('bash', ['-c', script, 'bash', ...command], { env: { ...process.env, ...env } });
  const times = /([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (times === null) throw new Error(`no times in: ${stderr}`);
  return { cpu: Number(times[1]) + Number(times[2]), answer: stdout };
}

/** Program text out of our dependencies, and noise that stands for pictures, in sizes as a WordPress site has them. */
async function makeSite(site: string): Promise<void> {
  const texts = await readTexts(join(import.meta.dirname, '../node_modules'), CODE_BYTES);
  let bytes = 0;
  for (let i = 0; i < CODE_FILES; i++) {
    const folder = join(site, 'plugins', String(i % 300));
    await mkdir(folder, { recursive: true });
    const text = Buffer.concat([Buffer.from(`<?php // ${i}\n`), texts[i % texts.length]!]);
    await writeFile(join(folder, `file-${i}.php`), text);
    bytes += text.length;
  }
  const pictures = FILES - CODE_FILES;
  // Log-normal, drawn the same way each time, then scaled to make up the rest.
  const sizes = Array.from({ length: pictures }, (_, i) => {
    const draw = createHash('sha256').update(`size ${i}`).digest();
    const [u, v] = [draw.readUInt32LE(0), draw.readUInt32LE(4)].map((n) => (n + 1) / (2 ** 32 + 1));
    return Math.exp(Math.sqrt(-2 * Math.log(u!)) * Math.cos(2 * Math.PI * v!));
  });
  const scale = (BYTES - bytes) / sizes.reduce((sum, size) => sum + size, 0);
  for (const [i, size] of sizes.entries()) {
    const folder = join(site, 'uploads', String(i % 100));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `picture-${i}.jpg`), randomBytes(Math.ceil(size * scale)));
  }
}

async function readTexts(folder: string, wanted: number): Promise<Buffer[]> {
  const texts: Buffer[] = [];
  let total = 0;
  for (const entry of (await readdir(folder, { recursive: true })).toSorted()) {
    if (!/\.(js|mjs|cjs|ts|json|css)$/.test(entry)) continue;
    const facts = await stat(join(folder, entry));
    // A package may be called like a file: `decimal.js`.
    if (!facts.isFile() || facts.size < 200 || facts.size > 400_000) continue;
    texts.push(await readFile(join(folder, entry)));
    total += facts.size;
    if (total >= wanted || texts.length >= CODE_FILES) break;
  }
  return texts;
}

/** Half text of hexadecimal digits, half noise. */
async function makeLarge(folder: string): Promise<void> {
  await mkdir(folder);
  const file = await open(join(folder, 'large.sql'), 'w');
  for (let written = 0; written < LARGE_BYTES; written += 1_500_000) {
    const noise = randomBytes(500_000);
    await file.write(Buffer.concat([Buffer.from(noise.toString('hex')), noise]));
  }
  await file.close();
}

async function sizeOf(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true })) total += (await stat(join(folder, entry))).size;
  return total;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
