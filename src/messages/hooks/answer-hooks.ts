import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { readCallStatus, readInbound, readStatus } from '../../channels/sms/twilio/read-hook.ts';
import { isSignedByTwilio } from '../../channels/sms/twilio/signature.ts';
import { notedTwiml } from '../../channels/voice/twilio/twiml.ts';
import { publicUrl } from '../../identity/index.ts';
import { createLimiter } from '../../platform/http/rules/limiter.ts';
import type { HttpPart, HttpVariables } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import { messageMetrics } from '../message-metrics.ts';
import { findMessage } from '../store.ts';
import { takeInbound } from '../take-inbound.ts';
import { takeReceipt } from '../take-receipt.ts';
import { openKeys } from './keys.ts';
import { hookLimits } from './rules/limit.ts';

const longestBody = 32_000;
type C = Context<HttpVariables>;
type Outcome = 'taken' | 'repeated' | 'not-known';

interface Told {
  providerId: string;
  form: URLSearchParams;
  /** Our own reference, in the signed address. */
  reference: string | undefined;
}

/**
 * What gateways tell us, under /hooks. Each request is signed with the provider's secret over its address as the outside
 * knows it. A forged one is answered with an empty 403, one told again with the same as the first time, and both change
 * nothing; all are counted in `nachtwacht_message_hooks_total`.
 */
export function answerHooks(platform: Platform): HttpPart {
  const { db, clock } = platform;
  const { hooks } = messageMetrics(platform.metrics.registry);
  const forged = createLimiter(hookLimits.forged);
  const keys = openKeys(platform);

  /** The verified request; or the empty refusal. */
  async function verified(c: C, hook: string, kinds: readonly string[]): Promise<Told | Response> {
    const now = clock.now().getTime();
    const { address } = c.get('facts');
    const id = c.req.param('provider') ?? '';
    const key = await keys.find(id, () => !forged.isFull(address, now));
    const form = new URLSearchParams(await c.req.text());
    const url = new URL(c.req.url);
    const isOurs =
      key !== undefined &&
      kinds.includes(key.kind) &&
      isSignedByTwilio(key.authToken, {
        signature: c.req.header('x-twilio-signature'),
        url: `${publicUrl(platform).replace(/\/+$/, '')}${url.pathname}${url.search}`,
        form,
      });
    if (isOurs) return { providerId: id, form, reference: c.req.query('ref') };
    // What is signed rightly is taken however much else comes from the same address: a proxy may stand before us.
    const isMuch = !forged.take(address, now);
    hooks.inc({ hook, outcome: isMuch ? 'limited' : 'forged' });
    if (!isMuch) platform.log.warn({ hook, address }, 'a forged request to a web hook');
    return c.body(null, isMuch ? 429 : 403);
  }

  const done = (c: C, hook: string, outcome: Outcome): Response => {
    hooks.inc({ hook, outcome });
    return c.body(null, 204);
  };

  return (app: Hono<HttpVariables>): void => {
    app.use('/hooks/*', bodyLimit({ maxSize: longestBody, onError: (c) => c.body(null, 413) }));

    app.post('/hooks/sms/:provider/status', async (c) => {
      const told = await verified(c, 'sms-status', ['twilio']);
      if (told instanceof Response) return told;
      const receipt = readStatus(told.form, told.reference);
      const isKnown = receipt !== undefined && (await takeReceipt(db, told.providerId, receipt, clock.now()));
      return done(c, 'sms-status', isKnown ? 'taken' : 'not-known');
    });
    app.post('/hooks/sms/:provider/inbound', async (c) => {
      const told = await verified(c, 'sms-inbound', ['twilio']);
      if (told instanceof Response) return told;
      const message = readInbound(told.form);
      if (message === undefined) return done(c, 'sms-inbound', 'not-known');
      const isNew = await takeInbound(db, told.providerId, message, clock.now());
      return done(c, 'sms-inbound', isNew ? 'taken' : 'repeated');
    });
    app.post('/hooks/voice/:provider/status', async (c) => {
      const told = await verified(c, 'voice-status', ['twilio-voice']);
      if (told instanceof Response) return told;
      const receipt = readCallStatus(told.form, told.reference);
      const isKnown = receipt !== undefined && (await takeReceipt(db, told.providerId, receipt, clock.now()));
      return done(c, 'voice-status', isKnown ? 'taken' : 'not-known');
    });
    // A pressed 1 is a reply as '7a' by SMS would be: on-call treats both alike.
    app.post('/hooks/voice/:provider/gather', async (c) => {
      const told = await verified(c, 'voice-gather', ['twilio-voice']);
      if (told instanceof Response) return told;
      const row = await findMessage(db, told.reference ?? '');
      const call = told.form.get('CallSid');
      if (row?.provider_id !== told.providerId || !call || told.form.get('Digits') !== '1')
        return done(c, 'voice-gather', 'not-known');
      const text = `${row.short_code ?? ''}a`;
      const isNew = await takeInbound(
        db,
        told.providerId,
        { providerRef: `${call}:1`, sender: row.recipient, text },
        clock.now(),
      );
      if (!isNew) return done(c, 'voice-gather', 'repeated');
      hooks.inc({ hook: 'voice-gather', outcome: 'taken' });
      return c.body(notedTwiml(row.content.language ?? 'nl'), 200, { 'content-type': 'text/xml; charset=utf-8' });
    });
    app.all('/hooks/*', (c) => c.body(null, 404));
  };
}
