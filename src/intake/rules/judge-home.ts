// What a home page tells about a site that is to be taken into care. Nothing here fetches anything.

/** What was met on the way to the page. */
export interface HomeFacts {
  /** Canonical address as it was asked. */
  asked: string;
  /** Canonical address of where it was in the end; undefined = no page came. */
  reached?: string | undefined;
  /** Code of the connector's error when none came, and the system's reason. */
  error?: { code: string; reason?: string | undefined } | undefined;
  status?: number | undefined;
  /** `WWW-Authenticate` was there. */
  wantsPassword?: boolean | undefined;
  /** Beginning of the page, and its `Link` header. */
  text?: string | undefined;
  link?: string | undefined;
  plugin: 'ready' | 'paired' | 'absent';
  /** A site of this address (or of where it leads) is in care already. */
  known?: { id: string; url: string } | undefined;
  /** The same address with http answers although https does not. */
  onlyHttp?: boolean | undefined;
}

export const homeChecks = ['reachable', 'address', 'https', 'wordpress', 'plugin', 'known'] as const;
export type HomeCheck = (typeof homeChecks)[number];

export type HomeCode =
  | 'reached'
  | 'unknown-host'
  | 'refused'
  | 'timeout'
  | 'certificate'
  | 'private-address'
  | 'redirect-loop'
  | 'unreachable'
  | 'server-error'
  | 'password-front'
  | 'bot-check'
  | 'same-address'
  | 'moved'
  | 'encrypted'
  | 'only-http'
  | 'not-encrypted'
  | 'is-wordpress'
  | 'perhaps-wordpress'
  | 'no-wordpress'
  | 'plugin-ready'
  | 'plugin-paired'
  | 'plugin-absent'
  | 'new-here'
  | 'in-care';

export interface HomeFinding {
  check: HomeCheck;
  /** `wrong` = it cannot be added like this; `note` = good to know. */
  state: 'ok' | 'note' | 'wrong';
  code: HomeCode;
}

export interface HomeVerdict {
  findings: HomeFinding[];
  /** It can be taken into care under `asked`. */
  canAdd: boolean;
  /** The address to use instead; null = this one. */
  proposal: string | null;
}

const challenge = /captcha|cf-chl|just a moment|are you (?:a )?human|security check|imunify|sgcaptcha|incapsula/i;

export function judgeHome(facts: HomeFacts): HomeVerdict {
  const findings: HomeFinding[] = [];
  const find = (check: HomeCheck, state: HomeFinding['state'], code: HomeCode): void => {
    findings.push({ check, state, code });
  };
  if (facts.known !== undefined) find('known', 'wrong', 'in-care');
  const proposal = proposalOf(facts);
  if (facts.error !== undefined || facts.reached === undefined) {
    find('reachable', 'wrong', facts.onlyHttp === true ? 'only-http' : errorCode(facts.error));
    return { findings, canAdd: false, proposal };
  }
  judgePage(facts, find);
  const isMoved = proposal !== null;
  find('address', isMoved ? 'wrong' : 'ok', isMoved ? 'moved' : 'same-address');
  find(
    'https',
    facts.asked.startsWith('https:') ? 'ok' : 'note',
    facts.asked.startsWith('https:') ? 'encrypted' : 'not-encrypted',
  );
  find('wordpress', ...wordPressOf(facts));
  find('plugin', facts.plugin === 'ready' ? 'ok' : 'note', `plugin-${facts.plugin}`);
  if (facts.known === undefined) find('known', 'ok', 'new-here');
  return { findings, canAdd: findings.every((one) => one.state !== 'wrong'), proposal };
}

function judgePage(
  facts: HomeFacts,
  find: (check: HomeCheck, state: HomeFinding['state'], code: HomeCode) => void,
): void {
  const { status = 0, text = '' } = facts;
  if (status === 401 && facts.wantsPassword === true) find('reachable', 'note', 'password-front');
  else if ((status === 403 || status === 429 || status === 503) && challenge.test(text))
    find('reachable', 'note', 'bot-check');
  else if (status >= 500) find('reachable', 'note', 'server-error');
  else find('reachable', 'ok', 'reached');
}

function errorCode(error: HomeFacts['error']): HomeCode {
  const { code = '', reason = '' } = error ?? {};
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return 'unknown-host';
  if (reason === 'ECONNREFUSED') return 'refused';
  if (code === 'timeout') return 'timeout';
  if (code === 'certificate-invalid') return 'certificate';
  if (code === 'address-refused') return 'private-address';
  if (code === 'redirect-loop') return 'redirect-loop';
  return 'unreachable';
}

/** WordPress's own marks: its API's link, its folders, its generator. */
function wordPressOf(facts: HomeFacts): [HomeFinding['state'], HomeCode] {
  if (facts.plugin !== 'absent') return ['ok', 'is-wordpress'];
  const { text = '', link = '', status = 0 } = facts;
  const marks = link.includes('https://api.w.org/') || /https:\/\/api\.w\.org\/|\/wp-(?:content|includes)\//.test(text);
  if (marks || /<meta name="generator" content="WordPress/i.test(text)) return ['ok', 'is-wordpress'];
  return status >= 200 && status < 300 ? ['note', 'no-wordpress'] : ['note', 'perhaps-wordpress'];
}

/** Another host or folder, or the same with https: what is registered must be what the site itself goes by. */
function proposalOf(facts: HomeFacts): string | null {
  const { asked, reached } = facts;
  if (facts.onlyHttp === true) return asked.replace(/^https:/, 'http:');
  if (reached === undefined || reached === asked) return null;
  const [from, to] = [new URL(asked), new URL(reached)];
  // A page below the home page (a language, a shop's front) is where visitors land; the site is still the asked one.
  if (from.origin === to.origin && to.pathname.startsWith(from.pathname)) return null;
  if (from.origin === to.origin) return reached;
  // Elsewhere altogether: only its front can be meant, never a page there.
  return from.host === to.host ? `${to.origin}${from.pathname.replace(/\/+$/, '')}` : to.origin;
}
