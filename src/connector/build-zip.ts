import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import yazl from 'yazl';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../connector');
/** Folder name inside the zip: WordPress makes it the plugin's folder. */
const pluginFolder = 'nachtwacht-connector';
/** What of connector/ a site gets; the rest is for us. */
const shipped = /^(src\/.+\.php|[\w-]+\.php|readme\.txt|LICENSE|languages\/.+\.(mo|po))$/;
// One moment for all files, so that the same plugin gives the same bytes.
const fixedTime = new Date('2026-01-01T00:00:00Z');

/** The plugin as a zip that WordPress can install. The same files give the same bytes. */
export async function buildConnectorZip(): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const file of pluginFiles()) {
    const content = readFileSync(path.join(source, file));
    zip.addBuffer(content, `${pluginFolder}/${file}`, { mtime: fixedTime, mode: 0o100644 });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Paths of the plugin's files, relative to its folder, in one order. */
export function pluginFiles(): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => shipped.test(file))
    .toSorted((a, b) => (a < b ? -1 : 1));
}
