import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { NachtwachtError, systemCodeOf } from '../../platform/errors.ts';
import { Kit, Told } from '../wire.ts';

/** Whom this machine is, and of which core. */
const Identity = z.object({
  url: z.string(),
  id: z.string(),
  name: z.string(),
  /** PEM, PKCS#8. */
  privateKey: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/** Its own account for SMS: `kind`, `config` and `secrets` as the settings of a provider have them. */
const SmsAccount = z.object({
  kind: z.string().max(30),
  config: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
});
export type SmsAccount = z.infer<typeof SmsAccount>;

const Message = z.object({
  guard: z.string(),
  name: z.string(),
  phone: z.string(),
  language: z.enum(['nl', 'en']),
  step: z.number(),
  at: z.number(),
  state: z.enum(['sending', 'accepted', 'failed']),
  error: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;

/** An alarm of its own, while it stands. */
const Alarm = z.object({
  reason: Told.shape.reason,
  since: z.number(),
  beganAt: z.number(),
  sent: z.array(Message),
});
export type Alarm = z.infer<typeof Alarm>;

const LastHeard = z.object({ coreAt: z.number() });

/** All that a second location keeps: a folder that only its own user can read. */
export interface OutpostFolder {
  readonly path: string;
  readIdentity(): Identity | undefined;
  saveIdentity(identity: Identity): void;
  /** Undefined = there is none. Errors: `probe-file-open-to-others`, `probe-file-damaged`. */
  readSmsAccount(): SmsAccount | undefined;
  /** Sealed with a key that lies beside it: numbers of people are not to be found in a copy of the one file. */
  readKit(): Kit | undefined;
  saveKit(kit: Kit | undefined): void;
  readAlarm(): Alarm | undefined;
  saveAlarm(alarm: Alarm | undefined): void;
  /** What the core does not know yet. */
  readUntold(): Told[];
  saveUntold(told: Told[]): void;
  readLastHeard(): number | null;
  saveLastHeard(at: number): void;
}

export const smsFile = 'sms.json';

export function openFolder(folder: string): OutpostFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string): string => path.join(folder, name);
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const text = readPrivate(file(name));
    if (text === undefined) return undefined;
    const result = schema.safeParse(parsed(text));
    if (!result.success) throw damaged(file(name));
    return result.data;
  };
  // What it noted itself and cannot read any more is no reason not to watch.
  const readNoted = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    try {
      return read(name, schema);
    } catch {
      return undefined;
    }
  };
  const save = (name: string, document: unknown): void =>
    document === undefined ? rmSync(file(name), { force: true }) : writePrivate(file(name), JSON.stringify(document));
  return {
    path: folder,
    readIdentity: () => read('identity.json', Identity),
    saveIdentity: (identity) => save('identity.json', identity),
    readSmsAccount: () => read(smsFile, SmsAccount),
    readKit: () => {
      const sealed = readPrivate(file('kit.sealed'));
      const text = sealed === undefined ? undefined : unseal(keyOf(file('kit.key')), sealed);
      return text === undefined ? undefined : Kit.safeParse(parsed(text)).data;
    },
    saveKit: (kit) => {
      if (kit === undefined) rmSync(file('kit.sealed'), { force: true });
      else writePrivate(file('kit.sealed'), seal(keyOf(file('kit.key')), JSON.stringify(kit)));
    },
    readAlarm: () => readNoted('alarm.json', Alarm),
    saveAlarm: (alarm) => save('alarm.json', alarm),
    readUntold: () => readNoted('untold.json', z.array(Told)) ?? [],
    saveUntold: (told) => save('untold.json', told.length === 0 ? undefined : told),
    readLastHeard: () => readNoted('heard.json', LastHeard)?.coreAt ?? null,
    saveLastHeard: (coreAt) => save('heard.json', { coreAt }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPrivate(file: string): string | undefined {
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw openToOthers(file);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all, and on the disk before it counts. */
function writePrivate(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

function keyOf(file: string): Buffer {
  const known = readPrivate(file);
  if (known !== undefined) return Buffer.from(known, 'base64');
  const key = randomBytes(32);
  writePrivate(file, key.toString('base64'));
  return key;
}

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function unseal(key: Buffer, sealed: string): string | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function openToOthers(file: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-file-open-to-others',
    kind: 'bad-input',
    message: `${file} can be read by other users of this machine.`,
    nextStep: `Run: chmod 600 ${file} - and change the keys in it when others may have read them.`,
    retryable: false,
    details: { file },
  });
}

function damaged(file: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-file-damaged',
    kind: 'bad-input',
    message: `${file} does not hold what it should.`,
    nextStep: 'Correct it (src/probes/README.md says what is in it), or join again with a new token.',
    retryable: false,
    details: { file },
  });
}
