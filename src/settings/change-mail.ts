import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { MailServer } from '../platform/config.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { mailPasswordContext, putHouseSetting, readHouse, readMailServer } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { houseSubject, refuseFixed } from './change-settings.ts';
import type { MailInput } from './contract.ts';
import { probeMail, type MailTest } from './probe-mail.ts';
import { settingsWords } from './words.ts';

/** Sets the mail server; null = there is none, and links are shown instead of sent. */
export async function changeMail(platform: Platform, actor: Actor, mail: MailInput | null): Promise<void> {
  requireScope(actor, 'admin');
  refuseFixed(await readHouse(platform), 'mail');
  const at = platform.clock.now();
  const by = { actor: actor.name, at };
  if (mail !== null) await passwordOf(platform, mail);
  const sealed =
    mail?.password == null || mail.password === ''
      ? undefined
      : await platform.secrets.seal(mailPasswordContext, mail.password);
  await platform.db.transaction().execute(async (trx) => {
    const { password, ...value } = mail ?? {};
    await putHouseSetting(trx, 'mail', mail === null ? undefined : { value }, by);
    if (mail === null || password !== undefined) {
      await putHouseSetting(trx, 'mail-password', sealed === undefined ? undefined : { sealed }, by);
    }
    const details = mail === null ? { mail: null } : { ...value, passwordChanged: password !== undefined };
    await recordAudit(trx, actor, { action: 'mail-changed', subject: houseSubject, details, at });
  });
}

/** Sends a test mail by what is given, else by what is set now. */
export async function sendTestMail(
  platform: Platform,
  actor: Actor,
  input: { to: string; mail?: MailInput | undefined; language: 'nl' | 'en' },
): Promise<MailTest> {
  requireScope(actor, 'admin');
  const server = input.mail === undefined ? await readMailServer(platform) : await serverOf(platform, input.mail);
  if (server === undefined) throw noMailServer();
  const { name } = await readHouse(platform);
  const words = settingsWords(input.language).testMail;
  const by = actor.email ?? actor.name;
  const mail = { to: input.to, senderName: name, subject: words.subject(name), text: words.text(name, by) };
  const result = await probeMail({ server, ...mail });
  const details = { to: input.to, host: server.host, ok: result.ok, serverSaid: result.serverSaid };
  const at = platform.clock.now();
  await recordAudit(platform.db, actor, { action: 'mail-tested', subject: houseSubject, details, at });
  return result;
}

async function serverOf(platform: Platform, mail: MailInput): Promise<MailServer> {
  const { host, port, security, user, from } = mail;
  const password = await passwordOf(platform, mail);
  return {
    host,
    port,
    security,
    from,
    ...(user === null || user === '' ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}

/**
 * The password to use: the one given, else the kept one. The kept one goes to the server it was given for and to no
 * other: else whoever may change settings could have it sent to a server of his own.
 */
async function passwordOf(platform: Platform, mail: MailInput): Promise<string | undefined> {
  if (mail.password !== undefined) return mail.password ?? undefined;
  const kept = await readMailServer(platform);
  if (kept?.password === undefined) return undefined;
  const isWeaker = mail.security === 'none' && kept.security !== 'none';
  if (kept.host === mail.host && kept.user === (mail.user ?? undefined) && !isWeaker) return kept.password;
  throw new NachtwachtError({
    code: 'mail-password-needed',
    kind: 'bad-input',
    message: 'The password that is kept was given for another mail server or user.',
    nextStep: 'Type the password again.',
    retryable: false,
  });
}

function noMailServer(): NachtwachtError {
  return new NachtwachtError({
    code: 'mail-not-set',
    kind: 'conflict',
    message: 'No mail server is set.',
    nextStep: 'Set one under Settings > Mail.',
    retryable: false,
  });
}
