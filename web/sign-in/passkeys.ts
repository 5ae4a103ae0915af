import { askAuth, callAuth } from './call-auth.ts';

/** Whether this browser and this address can have passkeys: names only (no bare addresses), and over https or on localhost. */
export function passkeysPossible(): boolean {
  const isAddress = /^[\d.]+$|^\[/.test(window.location.hostname);
  return (
    !isAddress &&
    window.isSecureContext &&
    typeof PublicKeyCredential !== 'undefined' &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential
  );
}

/** Whether the browser can offer passkeys in the e-mail field itself. */
export async function passkeysInField(): Promise<boolean> {
  if (!passkeysPossible()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

/** Makes a passkey: for who is signed in, or for the one-time link that was begun with. Afterwards he is signed in. */
export async function makePasskey(name: string): Promise<void> {
  const options = await askAuth<PublicKeyCredentialCreationOptionsJSON>('GET', '/passkey/generate-register-options');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey });
  if (!(made instanceof PublicKeyCredential)) throw new Error('no passkey');
  await callAuth('/passkey/verify-registration', { response: made.toJSON(), ...(name === '' ? {} : { name }) });
}

/** Signs in with a passkey. `inField`: waits until one is chosen in the e-mail field. */
export async function signInWithPasskey({
  inField = false,
  signal,
}: { inField?: boolean; signal?: AbortSignal } = {}): Promise<void> {
  const options = await askAuth<PublicKeyCredentialRequestOptionsJSON>('GET', '/passkey/generate-authenticate-options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'required' });
  const given = await navigator.credentials.get({
    publicKey,
    ...(inField && { mediation: 'conditional' }),
    ...(signal && { signal }),
  });
  if (!(given instanceof PublicKeyCredential)) throw new Error('no passkey');
  await callAuth('/passkey/verify-authentication', { response: given.toJSON() });
}

/** The person closed the browser's own window, or we did: no error to tell of. */
export function wasCancelled(thrown: unknown): boolean {
  return thrown instanceof DOMException && (thrown.name === 'NotAllowedError' || thrown.name === 'AbortError');
}

/** A name for a new passkey, after the device it is made on: `Firefox, Linux`. */
export function deviceWords(userAgent: string): string {
  const find = (known: readonly [string, RegExp][]): string =>
    known.find(([, sign]) => sign.test(userAgent))?.[0] ?? '';
  const browser = find([
    ['Edge', /\bEdg/],
    ['Firefox', /\b(Firefox|FxiOS)\//],
    ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
    ['Safari', /\bSafari\//],
  ]);
  const system = find([
    ['iPhone', /\biPhone\b/],
    ['iPad', /\biPad\b/],
    ['Android', /\bAndroid\b/],
    ['Windows', /\bWindows\b/],
    ['Mac', /\bMac OS X\b/],
    ['Linux', /\bLinux\b/],
  ]);
  return [browser, system].filter((each) => each !== '').join(', ');
}
