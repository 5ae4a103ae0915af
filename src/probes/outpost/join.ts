import { NachtwachtError } from '../../platform/errors.ts';
import { makeKeyPair, publicKeyOf } from '../sign-request.ts';
import { JoinAnswer, paths } from '../wire.ts';
import type { Identity, OutpostFolder } from './folder.ts';

/**
 * Joins a core with the one-time token. The key is on disk before the core hears of it, so a kill between both loses
 * nothing: the same command again ends what was begun. Errors: `probe-joined-already`, `probe-needs-https`,
 * `probe-join-failed`.
 */
export async function joinCore(
  folder: OutpostFolder,
  given: { url: string; token: string; version: string; allowHttp: boolean },
): Promise<Identity> {
  const url = originOf(given.url, given.allowHttp);
  const known = folder.readIdentity();
  if (known && known.id !== '') throw joinedAlready(known);
  const privateKey = known?.privateKey ?? makeKeyPair().privateKey;
  folder.saveIdentity({ url, id: '', name: '', privateKey });
  const publicKey = publicKeyOf(privateKey).toString('base64');
  const body = JSON.stringify({ token: given.token, publicKey, version: given.version });
  const response = await fetch(`${url}${paths.join}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(20_000),
  }).catch((cause: unknown) => {
    throw joinFailed(url, cause instanceof Error ? cause.message : String(cause));
  });
  const text = await response.text();
  if (!response.ok) throw joinFailed(url, saidIn(text) ?? `status ${response.status}`);
  const { id, name } = JoinAnswer.parse(JSON.parse(text));
  const identity = { url, id, name, privateKey };
  folder.saveIdentity(identity);
  return identity;
}

/** What comes from the core wakes people: it must be the core. On a private network TLS is the agency's own matter. */
function originOf(given: string, allowHttp: boolean): string {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw joinFailed(given.slice(0, 200), 'this is no address');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isPrivate(url.hostname)))) {
    throw new NachtwachtError({
      code: 'probe-needs-https',
      kind: 'bad-input',
      message: 'A second location joins over https only: it gets the numbers of the guards.',
      nextStep: 'Give the https:// address of Nachtwacht.',
      retryable: false,
    });
  }
  return url.origin;
}

function isPrivate(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    /^(127|10)\.\d+\.\d+\.\d+$/.test(host) ||
    /^192\.168\.\d+\.\d+$/.test(host) ||
    /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(host)
  );
}

function saidIn(text: string): string | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const isSaid = typeof document === 'object' && document !== null && 'message' in document;
    return isSaid && typeof document.message === 'string' ? document.message : undefined;
  } catch {
    return undefined;
  }
}

function joinedAlready({ name, url }: Identity): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-joined-already',
    kind: 'conflict',
    message: `This folder belongs to the second location ${name} of ${url} already.`,
    nextStep: 'Start it with: nachtwacht probe - or give another folder with --data.',
    retryable: false,
    details: { name, url },
  });
}

function joinFailed(url: string, why: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-join-failed',
    kind: 'conflict',
    message: `Joining ${url} did not work: ${why}`,
    nextStep: 'Check the address; when the token was used or is over, make a new one: nachtwacht probe invite NAME',
    retryable: true,
    details: { url, why },
  });
}
