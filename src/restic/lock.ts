import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, ResticError } from './errors.ts';
import { goString, goTime, parseGoTime } from './go-json.ts';
import { isId } from './hash.ts';
import type { Sealer } from './seal.ts';
import type { Backend, Id, Lock } from './types.ts';
import { readJsonFile, writeJsonFile } from './unpacked.ts';

// Times of restic's own lock protocol. Source: restic internal/restic/lock.go.
const RECHECK_MS = 200;
const REFRESH_MS = 5 * 60 * 1000;
const STALE_MS = 30 * 60 * 1000;
/** A lock we could not refresh for this long may be taken for stale by somebody: we give it up. */
const GIVE_UP_MS = 25 * 60 * 1000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** Ends our hostnames: no machine is called so, therefore `restic unlock` never signals our process id. */
const OUR_HOSTS = '.lock.invalid';

export interface LockRequest {
  exclusive: boolean;
  waitMs?: number;
  holder: string;
  signal?: AbortSignal;
}

interface FoundLock {
  id: Id;
  exclusive: boolean;
  timeMs: number;
  hostname: string;
  username: string;
  pid: number;
}

/** Takes a lock as restic does: look, write, wait, look again. Throws `locked` after `waitMs` (default: at once). */
export async function takeLock(backend: Backend, sealer: Sealer, request: LockRequest): Promise<Lock> {
  const until = performance.now() + (request.waitMs ?? 0);
  for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
    request.signal?.throwIfAborted();
    try {
      return await tryLock(backend, sealer, request);
    } catch (error) {
      const left = until - performance.now();
      if (!hasCode(error, 'locked') || left <= 0) throw error;
      // A random part keeps two waiting processes from meeting again and again.
      await sleep(Math.min(left, pause * (0.5 + Math.random())), undefined, { signal: request.signal });
    }
  }
}

async function tryLock(backend: Backend, sealer: Sealer, request: LockRequest): Promise<Lock> {
  await refuseConflicts(backend, sealer, request.exclusive, undefined);
  const lock = new HeldLock(backend, sealer, request.exclusive, request.holder);
  await lock.write();
  try {
    await sleep(RECHECK_MS);
    await refuseConflicts(backend, sealer, request.exclusive, lock.id);
    request.signal?.throwIfAborted();
  } catch (error) {
    await lock.release();
    throw error;
  }
  lock.keepFresh();
  return lock;
}

/** A lock of ours in the store. */
export class HeldLock implements Lock {
  readonly exclusive: boolean;
  readonly #backend: Backend;
  readonly #sealer: Sealer;
  readonly #holder: string;
  #id: Id | undefined;
  #refreshedAt = 0;
  /** When it was first in the store, in time of performance.now(). */
  takenAt = Infinity;
  #timer: NodeJS.Timeout | undefined;
  /** The refresh under way, so that release does not leave a file behind. */
  #refreshing: Promise<void> = Promise.resolve();
  #released = false;

  constructor(backend: Backend, sealer: Sealer, exclusive: boolean, holder: string) {
    this.#backend = backend;
    this.#sealer = sealer;
    this.exclusive = exclusive;
    this.#holder = holder;
  }

  get id(): Id | undefined {
    return this.#id;
  }

  async write(): Promise<void> {
    const at = performance.now();
    this.#id = await writeJsonFile(this.#backend, this.#sealer, 'lock', encodeLock(this.exclusive, this.#holder));
    this.#refreshedAt = at;
  }

  keepFresh(): void {
    this.takenAt = this.#refreshedAt;
    holdSignals();
    this.#timer = setInterval(() => {
      this.#refreshing = this.#refreshing.then(() => this.#refresh());
    }, REFRESH_MS);
    this.#timer.unref();
  }

  async assertHeld(): Promise<void> {
    const fresh = performance.now() - this.#refreshedAt < GIVE_UP_MS;
    if (!this.#released && fresh && (await this.#isThere())) return;
    throw new ResticError('lock-lost', 'The lock on the repository was lost, so nothing more is written.', {
      nextStep: 'Start the work again. Do not run "restic unlock --remove-all" while work is under way.',
      retryable: true,
    });
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    if (this.#timer !== undefined) {
      clearInterval(this.#timer);
      releaseSignals();
    }
    await this.#refreshing;
    if (this.#id !== undefined) await this.#backend.remove('lock', this.#id);
  }

  async #isThere(): Promise<boolean> {
    // A refresh may replace the file between reading our id and looking for it: then look for the newer one.
    for (;;) {
      const id = this.#id;
      if (id === undefined) return false;
      try {
        await this.#backend.read('lock', id);
        return true;
      } catch (error) {
        if (!hasCode(error, 'not-found')) throw error;
        if (id === this.#id) return false;
      }
    }
  }

  async #refresh(): Promise<void> {
    if (this.#released) return;
    try {
      const old = this.#id;
      // Somebody removed our lock: a new file would hide that from `assertHeld`.
      if (old === undefined || !(await this.#isThere())) return;
      await this.write();
      await this.#backend.remove('lock', old);
    } catch {
      // The next turn tries again; after GIVE_UP_MS `assertHeld` refuses.
    }
  }
}

/** Throws `locked` when another lock stands in the way. Removes stale locks of our own on the way. */
async function refuseConflicts(
  backend: Backend,
  sealer: Sealer,
  exclusive: boolean,
  own: Id | undefined,
): Promise<void> {
  for await (const { name } of backend.list('lock')) {
    if (!isId(name) || name === own) continue;
    let found: FoundLock;
    try {
      found = parseLock(name, await readJsonFile(backend, sealer, 'lock', name));
    } catch (error) {
      if (hasCode(error, 'not-found')) continue;
      throw error;
    }
    if (isOurs(found) && (isOld(found) || isDead(found))) await backend.remove('lock', name);
    else if (exclusive || found.exclusive) throw locked(found);
  }
}

function locked(found: FoundLock): ResticError {
  const who = `${found.username}@${found.hostname}, process ${found.pid}, since ${new Date(found.timeMs).toISOString()}`;
  const what = `${found.exclusive ? 'an exclusive' : 'a shared'} lock (${who})`;
  return new ResticError('locked', `The repository is locked: ${what}.`, {
    nextStep: isOld(found)
      ? 'That lock is stale: when its program no longer runs, remove it with "restic unlock".'
      : 'Try again when that work is done.',
    retryable: true,
  });
}

function isOurs(lock: FoundLock): boolean {
  return lock.hostname.endsWith(OUR_HOSTS);
}

function isOld(lock: FoundLock): boolean {
  return Date.now() - lock.timeMs > STALE_MS;
}

/** True when the lock was taken by a process of this machine that no longer runs. */
function isDead(lock: FoundLock): boolean {
  const machine = /\.([0-9a-f]{16})\.lock\.invalid$/.exec(lock.hostname)?.[1];
  const startedAt = /^started-(\w+)$/.exec(lock.username)?.[1];
  if (machine !== thisMachine() || startedAt === undefined) return false;
  const now = processStart(lock.pid);
  return now !== undefined && now !== startedAt;
}

function encodeLock(exclusive: boolean, holder: string): string {
  const name =
    holder
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]+/g, '-')
      .slice(0, 60) || 'unnamed';
  const host = `${name}.${thisMachine()}${OUR_HOSTS}`;
  const user = `started-${processStart(process.pid) ?? 'unknown'}`;
  return (
    `{"time":"${goTime(BigInt(Date.now()) * 1_000_000n)}","exclusive":${exclusive},` +
    `"hostname":${goString(host)},"username":${goString(user)},"pid":${process.pid}}`
  );
}

function parseLock(id: Id, json: Record<string, unknown>): FoundLock {
  const ns = parseGoTime(json['time']);
  return {
    id,
    exclusive: json['exclusive'] !== false && json['exclusive'] !== undefined,
    timeMs: ns === undefined ? Date.now() : Number(ns / 1_000_000n),
    hostname: typeof json['hostname'] === 'string' ? json['hostname'] : '',
    username: typeof json['username'] === 'string' ? json['username'] : '',
    pid: typeof json['pid'] === 'number' ? json['pid'] : 0,
  };
}

let machine: string | undefined;

/** Tells apart machines, boots and process namespaces: only within one of each does a process id mean anything. */
function thisMachine(): string {
  machine ??= createHash('sha256')
    .update(`${hostname()}\n${quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))}\n`)
    .update(quietly(() => readlinkSync('/proc/self/ns/pid')))
    .digest('hex')
    .slice(0, 16);
  return machine;
}

/** Start time of a process (field 22 of its stat file), 'gone' when there is none, undefined when unknowable here. */
function processStart(pid: number): string | undefined {
  if (quietly(() => readFileSync('/proc/self/stat', 'utf8')) === '') return undefined;
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === '') return 'gone';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie holds nothing any more.
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? 'gone');
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

let holders = 0;
const ignore = (): void => {};

/** restic asks lock holders with SIGHUP whether they live; its default would end this process. */
function holdSignals(): void {
  if (holders++ === 0) process.on('SIGHUP', ignore);
}

function releaseSignals(): void {
  if (--holders === 0) process.off('SIGHUP', ignore);
}
