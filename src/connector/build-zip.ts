import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import yazl from 'yazl';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../connector');
/** Folder name inside the zip: WordPress makes it the plugin's folder. */
const pluginFolder = 'nachtwacht-connector';
/** What is for us and not for a site. */
const notShipped = new Set([
  'phpunit.xml',
  'SECURITY-REVIEW.md',
  'tests',
  'protocol',
  'PROTOCOL.md',
  'phpcs.xml',
  'composer.json',
  'README.md',
]);
// One moment for all files, so that the same plugin gives the same bytes.
const fixedTime = new Date('2026-01-01T00:00:00Z');

/** The plugin as a zip that WordPress can install. The same files give the same bytes. */
export async function buildConnectorZip(): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const file of filesBelow('')) {
    const content = readFileSync(path.join(source, file));
    zip.addBuffer(content, `${pluginFolder}/${file}`, { mtime: fixedTime, mode: 0o100644 });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(source, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !entry.name.startsWith('.') && !(folder === '' && notShipped.has(entry.name)))
    .flatMap((entry) => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(file) : entry.isFile() ? [file] : [];
    });
}
