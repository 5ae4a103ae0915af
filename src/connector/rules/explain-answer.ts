/** An HTTP answer without our marker. */
export interface AnswerShape {
  status: number;
  /** Start of the body, at most 64 KiB. */
  text: string;
  /** `Server` header. */
  server: string;
  /** It has a `WWW-Authenticate` header. */
  wantsPassword: boolean;
}

/** What it was: a code of errors.ts, and the site's words for the log. */
export interface Refusal {
  code: string;
  status: number;
  /** Site's clock, Unix seconds, when our plugin said it. */
  time?: number;
  siteSays: string;
}

const CHALLENGE =
  /captcha|challenge|cf-chl|cf-ray|cloudflare|just a moment|imunify|sgcaptcha|incapsula|sucuri|wordfence|bot ?protection|access denied|ddos|are you (?:a )?human|security check|enable javascript/i;

// PHP ran out of what the host gives one request: less work at a time helps, another entry does not.
const OUT_OF_ROOM = /allowed memory size|out of memory|maximum execution time/i;

/** Says what answered in our plugin's place (PROTOCOL.md section 2; facts/connector.md: challenge pages). */
export function explainAnswer(answer: AnswerShape): Refusal {
  const { status, text } = answer;
  const own = ownRefusal(text);
  if (own !== undefined) return { status, siteSays: '', ...own };
  const siteSays = plainText(text);
  const isHtml = /<(?:!doctype|html|head|body|script|title)/i.test(text);
  const is = (code: string): Refusal => ({ code, status, siteSays });
  if (status === 401 && answer.wantsPassword) return is('basic-auth-needed');
  if (status === 413) return is('request-too-large');
  // 508 is CloudLinux: the account uses all that it may. Other entries would only press harder.
  if (status === 429 || status === 508) return is('rate-limited');
  const suspicious = [202, 403, 406, 415, 418, 503].includes(status) && isHtml;
  // `cloudflare` stands on every answer that passes through it, also on WordPress's own maintenance page.
  const server = /^cloudflare/i.test(answer.server) ? '' : answer.server;
  if (suspicious && CHALLENGE.test(`${text} ${server}`)) return is('challenge-page');
  if (status === 503) return is('maintenance');
  if (suspicious || status === 202 || status === 415) return is('challenge-page');
  if (status === 404 || status === 405 || status === 410) return is('entry-missing');
  if (status === 502 || status === 504 || (status >= 520 && status <= 530)) return is('timeout');
  if ((status === 200 || status >= 500) && OUT_OF_ROOM.test(text)) return is('answer-cut');
  if (status >= 500) return is('site-error');
  // An empty 200 is a PHP that died before its first byte.
  if (status === 200 && text.trim() === '') return is('answer-cut');
  if (status === 200 && /fatal error|uncaught/i.test(text)) return is('site-error');
  return is('not-our-answer');
}

function ownRefusal(text: string): { code: string; time?: number } | undefined {
  const match = /\{"nachtwacht":1,[^{}]{0,500}\}/.exec(text);
  if (match === null) return undefined;
  try {
    const body: Record<string, unknown> = JSON.parse(match[0]);
    const code = body['code'];
    const time = body['time'];
    if (typeof code !== 'string' || !/^[a-z0-9-]{1,60}$/.test(code)) return undefined;
    return { code, ...(typeof time === 'number' && Number.isFinite(time) ? { time } : {}) };
  } catch {
    return undefined;
  }
}

function plainText(html: string): string {
  return html
    .slice(0, 8192)
    .replaceAll(/<(script|style)[^>]*>[^<]*/gi, ' ')
    .replaceAll(/<[^>]{0,2000}>/g, ' ')
    .replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .slice(0, 300);
}
