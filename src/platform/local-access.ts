import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** How the CLI on the same machine reaches the platform: a file in the data folder, mode 600. */
const LocalAccess = z.object({ url: z.string().min(1), token: z.string().min(1) });
export type LocalAccess = z.infer<typeof LocalAccess>;

const fileName = 'cli.json';

export function readLocalAccess(dataFolder: string): LocalAccess | undefined {
  try {
    return LocalAccess.parse(JSON.parse(readFileSync(path.join(dataFolder, fileName), 'utf8')));
  } catch {
    return undefined;
  }
}

export function saveLocalAccess(dataFolder: string, access: LocalAccess): void {
  const file = path.join(dataFolder, fileName);
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
