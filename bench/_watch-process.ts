import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cpuSecondsOf, onCore } from './_cpu.ts';

export type ChildTask =
  | { kind: 'burst'; urls: readonly string[]; checks: number; atOnce: number; keyword: string }
  | {
      kind: 'watch';
      targets: number;
      intervalMs: number;
      port: number;
      zone: string;
      keyword: string;
      warmUpMs: number;
      measureMs: number;
    };

export interface Watch {
  kind: 'watch';
  up: number;
  down: number;
  unknown: number;
  firstDown: string[];
  untilBlindMs: number | null;
  loopDelayMs: number;
  p99LatenessMs: number;
  checksPerSecond: number;
  /** Of one core. */
  cpuShare: number;
}
export type ChildAnswer = { kind: 'ready' } | { kind: 'burst'; up: number } | Watch;

/** The checker on the first core. */
export class WatchProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(dnsServer: string, authority: string): Promise<WatchProcess> {
    const { command, args } = onCore(0, process.execPath, [join(import.meta.dirname, '_watch-child.ts'), dnsServer]);
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
    });
    const self = new WatchProcess(child);
    await self.#answer('ready');
    return self;
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.#child.pid ?? 0);
  }

  async burst(task: Omit<ChildTask & { kind: 'burst' }, 'kind'>): Promise<{ up: number }> {
    this.#child.send({ kind: 'burst', ...task } satisfies ChildTask);
    return this.#answer('burst');
  }

  async watch(task: Omit<ChildTask & { kind: 'watch' }, 'kind'>): Promise<Watch> {
    this.#child.send({ kind: 'watch', ...task } satisfies ChildTask);
    return this.#answer('watch');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }

  async #answer<Kind extends ChildAnswer['kind']>(kind: Kind): Promise<ChildAnswer & { kind: Kind }> {
    const ended = once(this.#child, 'exit').then(() => {
      throw new Error('the checker ended');
    });
    const [answer] = (await Promise.race([once(this.#child, 'message'), ended])) as [ChildAnswer];
    if (answer.kind !== kind) throw new Error(`expected ${kind}, got ${answer.kind}`);
    return answer as ChildAnswer & { kind: Kind };
  }
}
