import { access, mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock.ts';
import { systemCodeOf } from '../../../platform/errors.ts';
import type { ConfigOf } from '../../kinds.ts';
import { SendError, type Ears, type Outgoing, type Sender } from '../../sender.ts';
import { cutToSegment } from '../rules/segment.ts';
import { outboxName, readInboxFile } from './rules/files.ts';

const lookMs = 250;
const readInboxMs = 1000;
/** gammu-smsd may be writing a file that is younger. */
const settledMs = 500;

/**
 * SMS over a modem of our own by Debian's gammu-smsd, through the folders of its FILES service. A message is taken when
 * smsd has moved its file from the outbox to the sent folder: then the network has it.
 */
export function gammuSender(config: ConfigOf<'gammu'>, clock: Clock): Sender {
  const closed = new AbortController();
  let reading: Promise<void> | undefined;
  return {
    send: (message, signal) => send(config, clock, message, signal),
    receive: (ears) => {
      reading ??= readInbox(config, clock, ears, closed.signal);
    },
    close: async () => {
      closed.abort();
      await reading;
    },
  };
}

async function send(config: ConfigOf<'gammu'>, clock: Clock, message: Outgoing, signal: AbortSignal) {
  if (!/^\+[1-9]\d{6,14}$/.test(message.to)) throw new SendError('wrong-recipient');
  const name = outboxName({ to: message.to, reference: message.reference, at: clock.now() });
  const waiting = path.join(config.outbox, name);
  if (signal.aborted) throw new SendError('timeout');
  try {
    // smsd looks at names that begin with OUT: it sees this one whole or not at all.
    const half = path.join(config.outbox, `.${name}`);
    await writeFile(half, cutToSegment(message.text), { mode: 0o660 });
    await rename(half, waiting);
  } catch (error) {
    throw new SendError('unreachable', { said: systemCodeOf(error) ?? null });
  }
  while (!signal.aborted) {
    if (await isThere(path.join(config.sent, name))) return { providerRef: name, state: 'accepted' as const };
    if (await isThere(path.join(config.errors, name))) throw new SendError('refused', { said: 'gammu-smsd' });
    await delay(lookMs, undefined, { signal }).catch(() => {});
  }
  // Taken back, so that it does not go out hours later when the modem comes back; smsd may be at it right now.
  await unlink(waiting).catch(() => {});
  if (await isThere(path.join(config.sent, name))) return { providerRef: name, state: 'accepted' as const };
  throw new SendError('timeout', { mayHaveGone: true, said: 'gammu-smsd' });
}

/** Until closed: each file that smsd has put into the inbox is told, then removed. */
async function readInbox(config: ConfigOf<'gammu'>, clock: Clock, ears: Ears, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const names = (await readdir(config.inbox).catch(() => [])).filter((name) => /^IN\d/.test(name)).toSorted();
    for (const name of names) await take(config, clock, ears, name).catch(() => {});
    await delay(readInboxMs, undefined, { signal }).catch(() => {});
  }
}

async function take(config: ConfigOf<'gammu'>, clock: Clock, ears: Ears, name: string): Promise<void> {
  const file = path.join(config.inbox, name);
  const { mtimeMs } = await stat(file);
  if (Math.abs(clock.now().getTime() - mtimeMs) < settledMs) return;
  const heard = readInboxFile(name, await readFile(file));
  if (heard === undefined) {
    // Pictures and the like are no replies: out of the way, but kept.
    const aside = path.join(config.inbox, 'not-read');
    await mkdir(aside, { recursive: true });
    return rename(file, path.join(aside, name));
  }
  await (heard.is === 'receipt' ? ears.receipt(heard.receipt) : ears.incoming(heard.message));
  return rm(file, { force: true });
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
