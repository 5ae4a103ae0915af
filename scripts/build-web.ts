// Builds the pages (web/) into dist/web, with each file compressed beside it; does nothing when the sources are those of
// the last build. Called by `npm run build`, by `serve` in a checkout, by the tests and the demo.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');
const target = join(root, 'dist/web');
const stampFile = 'sources.stamp';

/** Everything that the pages are made of: of src only words and rules (the contract gives types alone). */
async function sources(): Promise<string[]> {
  const filesOf = async (folder: string): Promise<string[]> => {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)));
  };
  const isSource = (file: string): boolean => !/\.test\.tsx?$/.test(file);
  const ofHouse = (await filesOf('src')).filter((file) => /(^|\/)[a-z-]*words\.ts$|\/rules\/[^/]+\.ts$/.test(file));
  return [...(await filesOf('web')), ...ofHouse, 'scripts/build-web.ts', 'package-lock.json']
    .filter(isSource)
    .toSorted();
}

async function stampOf(files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** The smaller forms of one file; none when compression gains nothing worth a second file. */
async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < 1000) return;
  const options = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  };
  const forms: [ending: string, content: Buffer][] = [
    ['.br', await compressBrotli(content, options)],
    ['.gz', await compressGzip(content, { level: 9 })],
  ];
  for (const [ending, made] of forms) {
    if (made.length < content.length * 0.95) await writeFile(file + ending, made);
  }
}

/** Puts a finished build in the place of the last one; another process may do the same at this moment. */
async function putInPlace(made: string): Promise<void> {
  const old = join(root, `dist/.web-old-${process.pid}`);
  for (let tries = 0; ; tries += 1) {
    await rename(target, old).catch(() => undefined);
    try {
      await rename(made, target);
      break;
    } catch (error) {
      if (tries > 5) throw error;
    }
  }
  await rm(old, { recursive: true, force: true });
}

/** Always as for production: a caller under test would otherwise get React's development build, and its stamp. */
async function bundle(into: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    // Not before it is needed: Vite takes longer to load than the comparison of the stamps.
    const { build } = await import('vite');
    await build({
      configFile: join(root, 'web/vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir: into, emptyOutDir: true },
    });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function isBuiltOf(stamp: string): Promise<boolean> {
  return (await readFile(join(target, stampFile), 'utf8').catch(() => '')) === stamp;
}

/** Builds the pages when their sources changed. Resolves to whether it had to. */
export async function buildWeb(say: (line: string) => void = () => {}): Promise<boolean> {
  const stamp = await stampOf(await sources());
  if (await isBuiltOf(stamp)) return false;
  const began = performance.now();
  const made = join(root, `dist/.web-${process.pid}`);
  await bundle(made);
  const files = (await readdir(made, { recursive: true })).filter((file) => /\.(js|css|svg)$/.test(file));
  await Promise.all(files.map((file) => compress(join(made, file))));
  await writeFile(join(made, stampFile), stamp);
  await putInPlace(made);
  say(`Pages built in ${((performance.now() - began) / 1000).toFixed(1)} s (dist/web)`);
  return true;
}

if (import.meta.main) {
  const say = (line: string): void => console.log(line);
  // No lock, and so no write, where nothing is to be built: a service runs from a folder that it cannot write in.
  const isNew = !(await isBuiltOf(await stampOf(await sources()))) && (await withLock(() => buildWeb(say)));
  if (!isNew) say('The pages are those of these sources (dist/web).');
}

/** One build at a time: a second process waits for the first and finds its work done. */
async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(root, 'dist/.building');
  for (let waited = 0; ; waited += 100) {
    try {
      await mkdir(join(root, 'dist'), { recursive: true });
      await mkdir(lock);
      break;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code !== 'EEXIST') {
        const why = `The pages are older than their sources, and this user may not write in ${root}/dist (${code}).`;
        console.error(`${why}\nAs the owner of that folder run: cd ${root} && npm run build`);
        process.exit(1);
      }
      const made = await stat(lock).catch(() => undefined);
      if (made && Date.now() - made.mtimeMs > 120_000) await rm(lock, { recursive: true, force: true });
      if (waited > 180_000)
        throw new Error(`Another build seems to hang. When none runs, remove ${lock}.`, { cause: error });
      await new Promise((next) => {
        setTimeout(next, 100);
      });
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
