import { callHttp, troubleOfStatus, type HttpAnswer } from '../../call-http.ts';
import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import { saidBy, SendError } from '../../sender.ts';

/**
 * Posts a form to an account's resource (`Messages.json`, `Calls.json`) and gives the SID of what was made. Source of form
 * and error codes: Twilio's REST API, version 2010-04-01.
 */
export async function postToTwilio(
  config: ConfigOf<'twilio'>,
  { authToken }: SecretsOf<'twilio'>,
  resource: 'Messages' | 'Calls',
  fields: Record<string, string | string[] | undefined>,
  signal: AbortSignal,
): Promise<string> {
  if (authToken === undefined) throw new SendError('not-configured');
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value ?? []].flat()) form.append(name, one);
  }
  const account = encodeURIComponent(config.accountSid);
  const url = new URL(`${config.url.replace(/\/+$/, '')}/2010-04-01/Accounts/${account}/${resource}.json`);
  const basic = Buffer.from(`${config.accountSid}:${authToken}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await callHttp({ url, method: 'POST', headers, body: form.toString() }, signal);
  const { sid, code, message } = readAnswer(answer);
  if (answer.status >= 200 && answer.status < 300) {
    if (sid === undefined) throw new SendError('not-understood', { mayHaveGone: true });
    return sid;
  }
  const said = saidBy([code, message].filter(Boolean).join(' '), [authToken, basic]);
  if (code !== undefined && wrongRecipient.has(code)) throw new SendError('wrong-recipient', { said });
  throw troubleOfStatus(answer.status, said);
}

/** 21211, 21217, 13224: no number; 21214, 21612: cannot be reached from here; 21408: country not allowed; 21610: said STOP; 21614: no mobile. */
const wrongRecipient = new Set([13_224, 21_211, 21_214, 21_217, 21_408, 21_610, 21_612, 21_614]);

function readAnswer(answer: HttpAnswer): { sid?: string; code?: number; message?: string } {
  try {
    const read: unknown = JSON.parse(answer.body);
    if (typeof read !== 'object' || read === null) return {};
    const { sid, code, message } = { sid: undefined, code: undefined, message: undefined, ...read } as Record<
      string,
      unknown
    >;
    return {
      ...(typeof sid === 'string' && sid !== '' ? { sid: sid.slice(0, 100) } : {}),
      ...(typeof code === 'number' ? { code } : {}),
      ...(typeof message === 'string' ? { message } : {}),
    };
  } catch {
    return {};
  }
}
