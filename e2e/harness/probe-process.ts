import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './machine.ts';
import type { SmsGateway } from './sms-gateway.ts';

/** `nachtwacht probe` as a process of its own, as on another machine. */
export interface ProbeProcess {
  readonly pid: number;
  /** What it wrote. */
  said(): string;
  /** Resolves when it is gone. */
  end(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export interface ProbePlace {
  /** Its folder: nothing else of it outlives the process. */
  folder: string;
  environment?: Record<string, string>;
  /** Name of the network namespace that it runs in; default: this one. */
  namespace?: string;
}

/** Runs `nachtwacht probe ...` to its end. Rejects unless it ends with 0. */
export async function runProbeCommand(place: ProbePlace, args: readonly string[]): Promise<string> {
  const child = start(place, args);
  const text = listen(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`nachtwacht probe ended with ${String(code)}: ${text()}`);
  return text();
}

/** Resolves when it runs. */
export async function startProbeProcess(place: ProbePlace): Promise<ProbeProcess> {
  const child = start(place, []);
  const said = listen(child);
  const gone = once(child, 'exit');
  const ready = Promise.withResolvers<void>();
  child.stdout.on('data', () => {
    if (said().includes('Second location')) ready.resolve();
  });
  child.once('exit', (code) => ready.reject(new Error(`the probe ended at once (${code}): ${said()}`)));
  await ready.promise;
  return {
    pid: child.pid ?? 0,
    said,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await gone;
    },
  };
}

/** The probe's own account, at a gateway that its machine reaches under `url`. */
export function writeSmsAccount(folder: string, gateway: SmsGateway, url = gateway.url): void {
  const { accountSid, authToken, number } = gateway;
  const account = { kind: 'twilio', config: { url, accountSid, from: number }, secrets: { authToken } };
  writeFileSync(join(folder, 'sms.json'), JSON.stringify(account), { mode: 0o600 });
}

function start({ folder, environment = {}, namespace }: ProbePlace, args: readonly string[]) {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', join(repository, 'src/cli/main.ts')];
  const command = [...(namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace]), ...node];
  return spawn(command[0] ?? '', [...command.slice(1), 'probe', '--data', folder, ...args], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      LANG: 'C',
      NACHTWACHT_ALLOW_PRIVATE: '1',
      NACHTWACHT_LOG: 'debug',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function listen(child: ReturnType<typeof start>): () => string {
  let text = '';
  const hear = (part: Buffer): void => {
    text = (text + part.toString('utf8')).slice(-50_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return () => text;
}
