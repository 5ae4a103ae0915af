import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { repository } from './machine.ts';

/** Starts a process that starts a daemon with the keeper; gives both pids and the keeper's folder. */
async function startOwner(): Promise<{ owner: number; daemon: number; folder: string }> {
  const script = `
    const { getKeeper } = await import(${JSON.stringify(join(repository, 'e2e/harness/keeper.ts'))});
    const keeper = await getKeeper();
    const daemon = await keeper.startDaemon({ name: 'sleeper', command: 'sh', args: ['-c', 'sleep 600 & sleep 600'], ready: async () => true });
    console.log(JSON.stringify({ daemon: daemon.pid, folder: keeper.folder }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
  });
  const facts: unknown = JSON.parse(line);
  if (
    typeof facts !== 'object' ||
    facts === null ||
    !('daemon' in facts) ||
    !('folder' in facts) ||
    child.pid === undefined
  )
    throw new Error(`unexpected: ${line}`);
  return { owner: child.pid, daemon: Number(facts.daemon), folder: String(facts.folder) };
}

/** Whether a process group still has a living member (a zombie that nobody collects does not count); see proc(5), stat. */
function alive(group: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      let stat: string;
      try {
        stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      } catch {
        return false;
      }
      const [state, , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(of) === group;
    });
}

async function until(condition: () => boolean): Promise<boolean> {
  const limit = performance.now() + 10_000;
  while (!condition() && performance.now() < limit) await delay(50);
  return condition();
}

describe('the keeper of what tests start', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves no process and no folder when its process ends by %s',
    async (signal) => {
      const started = await startOwner();
      expect(alive(started.daemon)).toBe(true);
      expect(existsSync(started.folder)).toBe(true);
      process.kill(started.owner, signal);
      expect(await until(() => !existsSync(started.folder))).toBe(true);
      expect(await until(() => !alive(started.daemon))).toBe(true);
    },
  );
});
