import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openSender, SendError, type Sender } from './channels/index.ts';
import { createChecker, type Checker } from './monitoring/check/index.ts';
import { judgeCheck } from './monitoring/rules/verdict.ts';
import { escalate } from './oncall/rules/escalate.ts';
import { guardsAt } from './oncall/rules/order-guards.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { NachtwachtError } from './platform/errors.ts';
import { createLog } from './platform/log.ts';
import { newId } from './platform/new-id.ts';
import { defineWords, type Language } from './platform/words.ts';
import {
  joinCore,
  openFolder,
  runOutpost,
  smsFile,
  type AskNext,
  type Outpost,
  type OutpostFolder,
} from './probes/outpost/index.ts';
import { testSms } from './probes/sms-text.ts';

export interface ProbeOptions {
  /** Address of the core, with `token`: join it, and end. */
  join?: string;
  token?: string;
  /** Folder of this second location. Default: `<NACHTWACHT_DATA>/probe`. */
  data?: string;
  /** A number: send it one SMS by the account here, and end. */
  testSms?: string;
  language: Language;
}

/** The second location: our program on another machine, without a database. Resolves with the exit code. */
export async function runProbe(options: ProbeOptions): Promise<number> {
  const config = readConfig();
  const folder = openFolder(path.resolve(options.data ?? path.join(config.dataFolder, 'probe')));
  const own = words(options.language);
  const version = readVersion();
  if (options.join !== undefined) {
    const { join: url, token = '' } = options;
    const { name } = await joinCore(folder, { url, token, version, allowHttp: config.allowPrivateAddresses });
    process.stdout.write(`${own.joined(name, url, path.join(folder.path, smsFile))}\n`);
    return 0;
  }
  const identity = folder.readIdentity();
  if (!identity || identity.id === '') throw notJoined(folder.path);
  const sms = openSms(folder);
  if (options.testSms !== undefined) return trySms(sms, options.testSms, identity.name, options.language);

  const log = createLog(config.logLevel);
  const end = new AbortController();
  process.on('SIGHUP', () => {});
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end.abort());
  process.stdout.write(`${own.runs(identity.name, identity.url, sms !== undefined)}\n`);
  const { timeScale, timeZone } = config;
  const ground = { folder, identity, clock: systemClock, log, version, timeScale, timeZone };
  const checker = createChecker({
    clock: systemClock,
    allowPrivate: config.allowPrivateAddresses,
    dnsCacheMs: 30_000 / timeScale,
  });
  try {
    await runOutpost({ ...ground, sms, look: lookBy(checker, lookMs / timeScale), askNext: nextGuard }, end.signal);
  } finally {
    checker.close();
  }
  return 0;
}

/** As the watch itself waits; the answer has 12 s, see probes/rules/times.ts. */
const lookMs = 10_000;

/** A look by the watch's own checker and rule. Trouble of our own is no answer. */
function lookBy(checker: Checker, timeoutMs: number): Outpost['look'] {
  return async ({ url, keyword, learnt }, signal) => {
    const { outcome } = await checker.check({ url, keyword, timeoutMs }, signal);
    const judged = judgeCheck(outcome, learnt);
    if (judged.verdict === 'up') return { seen: 'up', cause: null, detail: null };
    if (judged.verdict === 'unknown') return { seen: 'none', cause: judged.cause, detail: null };
    return { seen: 'down', cause: judged.cause, detail: judged.detail.slice(0, 200) };
  };
}

/** The house's rule of escalation, by one path of SMS and without calls. */
const nextGuard: AskNext = (now, { spans, sent }, policy) => {
  const known = sent.map(({ guard, step, at, state }) => ({
    guard,
    step,
    at,
    means: 'sms' as const,
    provider: 0,
    // One that is under way was not refused.
    state: state === 'sending' ? ('accepted' as const) : state,
  }));
  const action = escalate(now, { guards: guardsAt(spans, now), providers: 1, canCall: false, sent: known }, policy);
  return action.do === 'send' ? { guard: action.guard, step: action.step } : undefined;
};

function openSms(folder: OutpostFolder): { kind: string; sender: Sender } | undefined {
  const account = folder.readSmsAccount();
  return account && { kind: account.kind, sender: openSender(account.kind, account.config, account.secrets) };
}

async function trySms(
  sms: { sender: Sender } | undefined,
  to: string,
  name: string,
  language: Language,
): Promise<number> {
  if (!sms) throw smsFailed('no-sms-account');
  try {
    const text = testSms({ name, language });
    await sms.sender.send({ to, text, reference: `probe-${newId()}` }, AbortSignal.timeout(30_000));
    process.stdout.write(`${words(language).sent(to)}\n`);
    return 0;
  } catch (error) {
    throw smsFailed(error instanceof SendError ? error.message : String(error));
  } finally {
    await sms.sender.close();
  }
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file
  return (JSON.parse(text) as { version: string }).version;
}

interface Words {
  joined: (name: string, url: string, file: string) => string;
  runs: (name: string, url: string, sms: boolean) => string;
  sent: (to: string) => string;
}

const words = defineWords<Words>({
  nl: {
    joined: (name, url, file) =>
      `Aangesloten als ${name} bij ${url}. Zet het SMS-account van deze plek in ${file} (chmod 600), probeer het met ` +
      'nachtwacht probe --test-sms NUMMER, en start: nachtwacht probe',
    runs: (name, url, sms) =>
      `Tweede plek ${name} van ${url}${sms ? '' : '; zonder SMS-account: zij kan zelf geen alarm slaan'}`,
    sent: (to) => `Verstuurd naar ${to}.`,
  },
  en: {
    joined: (name, url, file) =>
      `Joined ${url} as ${name}. Put the SMS account of this place into ${file} (chmod 600), try it with ` +
      'nachtwacht probe --test-sms NUMBER, and start: nachtwacht probe',
    runs: (name, url, sms) =>
      `Second location ${name} of ${url}${sms ? '' : '; without an SMS account: it cannot alarm by itself'}`,
    sent: (to) => `Sent to ${to}.`,
  },
});

function notJoined(folder: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-not-joined',
    kind: 'conflict',
    message: `There is no second location in ${folder}.`,
    nextStep: 'Join first: nachtwacht probe --join URL --token TOKEN',
    retryable: false,
    details: { folder },
  });
}

function smsFailed(why: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-sms-failed',
    kind: 'conflict',
    message: `The SMS did not go: ${why}`,
    nextStep: `Check ${smsFile} in the folder of this second location.`,
    retryable: true,
    details: { why },
  });
}
