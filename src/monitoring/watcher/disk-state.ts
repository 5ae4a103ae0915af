import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../platform/log.ts';
import type { TargetState, WatchTarget } from './target.ts';
import type { WatchEvent } from './watch-event.ts';

/** What a watcher that starts while the database is away goes on from. */
export interface Kept {
  targets: WatchTarget[];
  states: TargetState[];
  references: string[];
}

const Shape = z.object({
  version: z.literal(1),
  targets: z.array(z.object({ id: z.string(), no: z.number(), url: z.string(), intervalMs: z.number() }).loose()),
  states: z.array(z.object({ targetId: z.string() }).loose()),
  references: z.array(z.string()),
});

const fileOf = (folder: string): string => path.join(folder, 'kept.json');

/** Whole or not at all, readable by us alone. */
export async function keepOnDisk(folder: string, kept: Kept): Promise<void> {
  const file = fileOf(folder);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify({ version: 1, ...kept }));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** What was kept, brought up to date by what happened since. Undefined = nothing, or nothing that can be read. */
export function readKept(folder: string, events: readonly WatchEvent[], log: Log): Kept | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(folder), 'utf8');
  } catch {
    return undefined;
  }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file alone writes it; its shape is checked
    const kept = Shape.parse(JSON.parse(text)) as unknown as Kept;
    const states = new Map(kept.states.map((state) => [state.targetId, state]));
    for (const event of events) {
      if (event.type === 'opened' || event.type === 'resolved') states.set(event.state.targetId, event.state);
    }
    return { ...kept, states: [...states.values()] };
  } catch (error) {
    log.warn({ err: error }, 'what the watcher kept on disk cannot be read');
    return undefined;
  }
}
