import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Twilio's signature of a form that it posts (header `X-Twilio-Signature`): HMAC-SHA1 with the auth token over the whole
 * address as Twilio knows it, followed by every field's name and value in the order of the names; in base64. Source:
 * Twilio's 'Webhooks Security'; the npm package `twilio` is the oracle in the test.
 */
export function twilioSignature(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].toSorted();
  // A name that is there twice counts each of its values once, in order.
  const fields = names.flatMap((name) => [...new Set(form.getAll(name))].toSorted().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** Whether this form was posted by who knows the auth token. In constant time. */
export function isSignedByTwilio(
  authToken: string,
  given: { signature: string | undefined; url: string; form: URLSearchParams },
): boolean {
  const wanted = Buffer.from(twilioSignature(authToken, given.url, given.form));
  const shown = Buffer.from(given.signature ?? '');
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
