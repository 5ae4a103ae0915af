import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Encoding } from './rules/choose-answer.ts';

export interface LoadedFile {
  contentType: string;
  etag: string;
  /** Its content in each form that there is; `identity` always. */
  forms: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>>;
  /** Its name changes with its content. */
  isHashed: boolean;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Endings of the forms that the build made beside a file. */
const compressed: Record<string, Encoding> = { '.br': 'br', '.gz': 'gzip' };

/** Reads all files of a built web, by their path from the root (`/assets/x.js`). Undefined when there is none. */
export async function loadFiles(folder: string): Promise<Map<string, LoadedFile> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return undefined;
  const names = entries
    .filter((each) => each.isFile())
    .map((each) => path.relative(folder, path.join(each.parentPath, each.name)));
  const files = new Map<string, LoadedFile>();
  for (const name of names) {
    const contentType = contentTypes[path.extname(name)];
    if (contentType === undefined || name === 'manifest.json') continue;
    const identity = new Uint8Array(await readFile(path.join(folder, name)));
    const forms = new Map<Encoding, Uint8Array<ArrayBuffer>>([['identity', identity]]);
    for (const [ending, encoding] of Object.entries(compressed)) {
      if (names.includes(name + ending))
        forms.set(encoding, new Uint8Array(await readFile(path.join(folder, name + ending))));
    }
    const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`;
    const webPath = `/${name.split(path.sep).join('/')}`;
    files.set(webPath, { contentType, etag, forms, isHashed: webPath.startsWith('/assets/') });
  }
  return files.has('/index.html') ? files : undefined;
}
