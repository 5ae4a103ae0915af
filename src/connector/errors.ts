import { NachtwachtError } from '../platform/errors.ts';

interface CodeFacts {
  message: string;
  nextStep: string;
  retryable: boolean;
}

// Every code that the plugin or the transport can give, with the sentence that says what to do.
// The first group is PROTOCOL.md section 2 (refusals before authentication).
const CODES = {
  unpaired: {
    message: 'The plugin on the site is not paired with anybody.',
    nextStep: 'Pair the site: take a fresh code from Settings > Nachtwacht on the site and run `nachtwacht site pair`.',
    retryable: false,
  },
  'signature-missing': {
    message: 'The site received our request without its signature: something in front of it strips headers and bodies.',
    nextStep: 'Ask the host which firewall or proxy stands in front of the site and have our user agent let through.',
    retryable: false,
  },
  malformed: {
    message: 'The site could not read our request: something on the way changed it.',
    nextStep:
      'Ask the host whether a firewall rewrites requests; update the plugin when it is older than the platform.',
    retryable: false,
  },
  version: {
    message: 'The plugin on the site speaks another version of the protocol.',
    nextStep: 'Install the plugin that this platform hands out (`nachtwacht connector build`).',
    retryable: false,
  },
  'wrong-site': {
    message: 'The site is paired under another site id.',
    nextStep: 'Check that the address belongs to this site; pair again if it was moved here from another registration.',
    retryable: false,
  },
  'wrong-key': {
    message: 'The site is paired with another key than ours.',
    nextStep: 'Disconnect it on its settings page and pair again, if it is this platform that should care for it.',
    retryable: false,
  },
  clock: {
    message: "The site's clock and ours differ too much.",
    nextStep: 'Have the clocks of the site and of this machine set (NTP).',
    retryable: true,
  },
  signature: {
    message:
      'The site refused our signature: the request was changed on its way, or the address differs from what the site sees.',
    nextStep: 'Check the registered address (https, www, path); ask the host whether a proxy rewrites addresses.',
    retryable: true,
  },
  'site-moved': {
    message: 'The site runs under another address than the one it was paired under: a copy, or it moved.',
    nextStep: 'If it really moved, pair it again under its new address; if it is a copy, leave it.',
    retryable: false,
  },
  claim: {
    message: 'A newer run has taken over the work on this site; this one must stop.',
    nextStep: 'Nothing to do: the newer run goes on.',
    retryable: false,
  },
  replayed: {
    message: 'The site has seen this request before: something on the way sent it twice.',
    nextStep: 'It is tried again by itself; when it goes on, ask the host whether a proxy repeats requests.',
    retryable: true,
  },
  'paired-already': {
    message: 'The site is paired already.',
    nextStep: 'Disconnect it on its settings page first (Settings > Nachtwacht), then pair again.',
    retryable: false,
  },
  // Codes of commands.
  'needs-wordpress': {
    message: 'This can only be done while WordPress runs, and it does not run now.',
    nextStep: 'Restore the site first, or look at its error log.',
    retryable: false,
  },
  'no-session': {
    message: 'The host does not allow a database snapshot that stays open.',
    nextStep: 'Nothing to do: the backup goes on without it and says so.',
    retryable: false,
  },
  'session-gone': {
    message: 'The database snapshot on the site has ended.',
    nextStep: 'Nothing to do: the backup goes on without it and says so.',
    retryable: false,
  },
  'bad-path': {
    message: 'A path is not allowed.',
    nextStep: 'Report this with the name of the file: it is a mistake of the plugin or a hostile answer.',
    retryable: false,
  },
  'unknown-command': {
    message: 'The plugin on the site does not know this command.',
    nextStep: 'Update the plugin on the site (`nachtwacht connector build`).',
    retryable: false,
  },
  'disk-full': {
    message: 'The disk of the site is full.',
    nextStep: 'Make room at the host, then try again.',
    retryable: false,
  },
  // Transport.
  unreachable: {
    message: 'The site cannot be reached.',
    nextStep: 'Open the site in a browser; check its address and DNS.',
    retryable: true,
  },
  'address-refused': {
    message: 'The address of the site is a private or local one, and those are not called.',
    nextStep:
      'Correct the address, or allow private addresses in the configuration when the site is meant to be inside.',
    retryable: false,
  },
  timeout: {
    message: 'The site did not answer in time.',
    nextStep: 'It is tried again with less work at a time; when it goes on, look at the load of the host.',
    retryable: true,
  },
  'too-slow': {
    message: 'The site sent its answer too slowly.',
    nextStep: 'It is tried again with less work at a time; when it goes on, look at the load of the host.',
    retryable: true,
  },
  'answer-cut': {
    message: 'The answer of the site broke off half-way.',
    nextStep: 'It is tried again with less work at a time; when it goes on, look at the limits of the host.',
    retryable: true,
  },
  'answer-corrupt': {
    message: 'The answer of the site does not match its own checksum or form.',
    nextStep: 'It is tried again; when it goes on, look for a plugin or proxy that rewrites answers.',
    retryable: true,
  },
  'answer-invalid': {
    message: 'The answer of the site says something that cannot be.',
    nextStep: 'Update the plugin; when it goes on, treat the site as broken into.',
    retryable: false,
  },
  'answer-too-large': {
    message: 'The site sent more than it was asked for; nothing of it was taken.',
    nextStep: 'Update the plugin; when it goes on, treat the site as broken into.',
    retryable: false,
  },
  'not-our-answer': {
    message: 'Something other than our plugin answered at this address.',
    nextStep: 'Check that the plugin is installed and active, and that no cache or firewall answers in its place.',
    retryable: false,
  },
  'entry-missing': {
    message: "The plugin's address on the site does not exist.",
    nextStep: 'Check that the plugin is installed and active on the site.',
    retryable: false,
  },
  'challenge-page': {
    message: 'A bot check in front of the site answered in its place.',
    nextStep: "Have our address or user agent let through in the host's firewall or CDN.",
    retryable: true,
  },
  'basic-auth-needed': {
    message: 'A password front (basic auth) stands before the site.',
    nextStep: 'Register the user name and password of that front with the site.',
    retryable: false,
  },
  maintenance: {
    message: 'The site says that it is under maintenance.',
    nextStep: 'It is tried again later; when it stays so, a `.maintenance` file was left behind.',
    retryable: true,
  },
  'rate-limited': {
    message: 'The host says that we ask too often.',
    nextStep: 'It is tried again more slowly.',
    retryable: true,
  },
  'site-error': {
    message: 'The site answered with a server error.',
    nextStep: 'Look at the error log of the site; it is tried again by itself.',
    retryable: true,
  },
  'request-too-large': {
    message: 'The host refuses requests of this size.',
    nextStep: 'It is tried again in smaller parts.',
    retryable: false,
  },
  'redirected-elsewhere': {
    message: 'The site sends us on to another address, and we do not follow to another host.',
    nextStep: 'Register the site under the address that it redirects to, and pair again.',
    retryable: false,
  },
  'redirect-loop': {
    message: 'The site redirects in a circle.',
    nextStep: "Check the site's address settings and its https redirect.",
    retryable: false,
  },
  'certificate-invalid': {
    message: 'The certificate of the site is not valid.',
    nextStep: "Renew the site's certificate, then try again.",
    retryable: true,
  },
  'pairing-code': {
    message: 'The site does not accept this pairing code: it is wrong, used up or older than 15 minutes.',
    nextStep: 'Make a fresh code on Settings > Nachtwacht of the site and type it again.',
    retryable: false,
  },
  'pairing-refused': {
    message: 'The site did not accept the pairing code.',
    nextStep: 'Make a fresh code on Settings > Nachtwacht of the site: each lives for 15 minutes and five tries.',
    retryable: false,
  },
  'pairing-forged': {
    message: 'The site answered the pairing without knowing the code: somebody else answers in its place.',
    nextStep: 'Check the address; do not pair until it is clear who answers.',
    retryable: false,
  },
} as const satisfies Record<string, CodeFacts>;

/** Codes that this side knows; the plugin may give others, which are passed on with its own message. */
export type ConnectorCode = keyof typeof CODES;

export interface ConnectorErrorDetails {
  /** The command that was asked. */
  command?: string;
  entry?: string;
  status?: number;
  /** The site's own words, cut to 500 characters; never shown as HTML. */
  siteSays?: string;
  /** The site's clock, Unix seconds. */
  time?: number;
  [key: string]: unknown;
}

/** What went wrong between us and a site, with the next step and whether a repeat helps. */
export class ConnectorError extends NachtwachtError {
  constructor(
    code: ConnectorCode | (string & {}),
    options: { details?: ConnectorErrorDetails; cause?: unknown; retryable?: boolean; message?: string } = {},
  ) {
    const known: CodeFacts | undefined = isKnown(code) ? CODES[code] : undefined;
    const says = options.details?.siteSays;
    super({
      code,
      kind: 'site',
      message: options.message ?? known?.message ?? `The site could not do it (${code})${says ? `: ${says}` : ''}.`,
      nextStep: known?.nextStep ?? 'Look at the error log of the site; update the plugin when it is old.',
      retryable: options.retryable ?? known?.retryable ?? false,
      ...(options.cause === undefined ? {} : { cause: options.cause }),
      ...(options.details === undefined ? {} : { details: options.details }),
    });
    this.name = 'ConnectorError';
  }
}

function isKnown(code: string): code is ConnectorCode {
  return Object.hasOwn(CODES, code);
}

/** Text of a site made safe for logs and screens: no control characters, at most 500 characters. */
export function siteText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

/** All codes with their facts, for the documentation and its test. */
export const connectorCodes: Readonly<Record<ConnectorCode, CodeFacts>> = CODES;
