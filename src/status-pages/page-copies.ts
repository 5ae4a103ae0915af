import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** `<data>/status/<slug>.html`: what a web server in front of us gives when we do not answer. */
export function copiesFolder(dataFolder: string): string {
  return path.join(dataFolder, 'status');
}

const copyName = /^[a-z0-9-]+\.html$/;
const unfinished = /^\.[a-z0-9-]+\.[0-9a-f]+\.tmp$/;

/**
 * Puts a whole page in its place: whoever reads gets the old one or the new one. The web server is another user, so the
 * modes are set whatever the umask of the service is.
 */
export async function writeCopy(folder: string, slug: string, html: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const temporary = path.join(folder, `.${slug}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.chmod(0o644);
      await file.writeFile(html);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path.join(folder, `${slug}.html`));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes copies of pages that are no more. Files that are not ours stay. */
export async function removeOtherCopies(folder: string, slugs: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (copyName.test(name) && !slugs.has(name.slice(0, -'.html'.length))) await rm(path.join(folder, name));
  }
}

/** What a process that was killed over it left behind. Once, at the start. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (unfinished.test(name)) await rm(path.join(folder, name), { force: true });
  }
}

/** Undefined = there is none. */
export async function readCopy(folder: string, slug: string): Promise<string | undefined> {
  return readFile(path.join(folder, `${slug}.html`), 'utf8').catch(() => undefined);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
