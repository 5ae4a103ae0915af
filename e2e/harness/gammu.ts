import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from './apt.ts';
import { getKeeper } from './keeper.ts';
import { findProgram } from './machine.ts';

export interface GammuPhone {
  /** Settings of a provider of kind `gammu`. */
  readonly config: { outbox: string; sent: string; errors: string; inbox: string };
  /** What the phone has sent, in order: number and text as they stand in the file that smsd moved. */
  sent(): Promise<{ name: string; to: string; text: string }[]>;
  /** An SMS comes in at the phone. */
  receive(message: { from: string; text: string }): Promise<void>;
  /** The network's delivery report comes in: `Delivered` or `Failed`. */
  report(to: string, word: 'Delivered' | 'Failed'): Promise<void>;
  /** Stops smsd as a modem does that was pulled out: nothing is taken from the outbox any more. */
  freeze(): void;
  thaw(): void;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Debian's gammu-smsd with its dummy phone, for real: own configuration and folders, as root or not. */
export async function startGammu(): Promise<GammuPhone> {
  await ensurePackages(['gammu']);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('gammu');
  const config = {
    outbox: join(folder, 'outbox'),
    sent: join(folder, 'sent'),
    errors: join(folder, 'error'),
    inbox: join(folder, 'inbox'),
  };
  const phone = join(folder, 'phone');
  for (const each of [...Object.values(config), join(phone, 'sms', '1')]) await mkdir(each, { recursive: true });
  const rc = join(folder, 'smsdrc');
  const log = join(folder, 'smsd.log');
  await writeFile(
    rc,
    `[gammu]
model = dummy
connection = none
device = ${phone}

[smsd]
service = files
logfile = ${log}
debuglevel = 1
outboxpath = ${config.outbox}/
sentsmspath = ${config.sent}/
errorsmspath = ${config.errors}/
inboxpath = ${config.inbox}/
inboxformat = standard
transmitformat = 7bit
commtimeout = 1
loopsleep = 1
receivefrequency = 1
statusfrequency = 0
deliveryreport = sms
`,
  );
  const readLog = (): Promise<string> => readFile(log, 'utf8').catch(() => '');
  const smsd = await keeper.startDaemon({
    name: 'gammu-smsd',
    command: findProgram('gammu-smsd') ?? 'gammu-smsd',
    args: ['-c', rc],
    ready: async () => (await readLog()).includes('Starting phone communication'),
  });
  let count = 0;
  const put = async (lines: string[]): Promise<void> => {
    count++;
    const half = join(folder, `incoming-${count}`);
    await writeFile(half, ['[SMSBackup000]', ...lines, ''].join('\n'));
    await rename(half, join(phone, 'sms', '1', String(count)));
  };
  const common = (number: string, text: string): string[] => [
    `DateTime = 20261128T05${String(Math.floor(count / 60) % 60).padStart(2, '0')}${String(count % 60).padStart(2, '0')}Z`,
    'State = UnRead',
    `Number = "${number}"`,
    `NumberUnicode = ${utf16(number)}`,
    `Text00 = ${utf16(text)}`,
    'Coding = Default_No_Compression',
    'Folder = 1',
    `Length = ${text.length}`,
    'Class = -1',
  ];
  return {
    config,
    sent: async () => {
      const names = (await readdir(config.sent)).toSorted();
      return Promise.all(
        names.map(async (name) => ({
          name,
          to: name.split('_').find((part) => part.startsWith('+')) ?? '',
          text: await readFile(join(config.sent, name), 'utf8'),
        })),
      );
    },
    receive: ({ from, text }) => put(['PDU = Deliver', ...common(from, text)]),
    report: (to, word) =>
      put(['PDU = Status_Report', ...common(to, word), 'DeliveryStatus = 0', 'MessageReference = 255']),
    freeze: () => process.kill(smsd.pid, 'SIGSTOP'),
    thaw: () => process.kill(smsd.pid, 'SIGCONT'),
    log: readLog,
    stop: async () => {
      process.kill(smsd.pid, 'SIGCONT');
      await smsd.stop('SIGKILL');
    },
  };
}

function utf16(text: string): string {
  return Array.from(text, (character) => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')).join('');
}
