import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { NachtwachtError } from '../platform/errors.ts';
import { refuse, tooLarge } from '../platform/http/refusals.ts';
import type { HttpPart, HttpVariables } from '../platform/http/server.ts';
import type { Platform } from '../platform/platform.ts';
import { authenticateProbe } from './authenticate-probe.ts';
import { joinProbe } from './join-probe.ts';
import type { DutyReader } from './make-kit.ts';
import { readDuty } from './read-duty.ts';
import { markSeen, type ProbeRow } from './store.ts';
import { openStreams } from './streams.ts';
import { tellAlarm } from './tell-alarm.ts';
import { CheckAnswer, JoinRequest, paths, SignOfLife, Told } from './wire.ts';

const longestBody = 64_000;

/**
 * What second locations ask of us, under /probe. Joining needs the one-time token; everything else is signed by the key that
 * joined. `close` ends the streams.
 */
export function answerProbes(
  platform: Platform,
  duty: DutyReader = readDuty(platform),
): { part: HttpPart; close(): Promise<void> } {
  const streams = openStreams(platform, duty);
  const part = (app: Hono<HttpVariables>): void => {
    app.use('/probe/*', bodyLimit({ maxSize: longestBody, onError: (c) => refuse(c, tooLarge()) }));
    app.post(paths.join, async (c) => {
      const { token, publicKey, version } = read(JoinRequest, await c.req.text());
      const { address } = c.get('facts');
      const joined = await joinProbe(platform, {
        token,
        publicKey: Buffer.from(publicKey, 'base64'),
        version,
        address,
      });
      return answer(c, { id: joined.id, name: joined.name, at: platform.clock.now().toISOString() });
    });
    app.post(paths.stream, async (c) => {
      const { probe } = await signed(platform, c);
      return new Response(streams.open(probe.id), {
        headers: {
          'content-type': 'application/x-ndjson',
          'cache-control': 'no-store, no-transform',
          'x-accel-buffering': 'no',
        },
      });
    });
    app.post(paths.beat, async (c) => {
      const { probe, body } = await signed(platform, c);
      const said = read(SignOfLife, body);
      const facts = { ...said.facts, address: c.get('facts').address || null };
      await markSeen(platform.db, probe.id, { at: platform.clock.now(), version: said.version, facts });
      if (said.streaming) await streams.tellPresent(probe.id);
      return answer(c, await streams.beat());
    });
    app.post(paths.answer, async (c) => {
      const { probe, body } = await signed(platform, c);
      await streams.takeAnswer(probe.id, read(CheckAnswer, body));
      return answer(c, {});
    });
    app.post(paths.told, async (c) => {
      const { probe, body } = await signed(platform, c);
      await tellAlarm(platform, probe, read(Told, body));
      return answer(c, {});
    });
  };
  return { part, close: () => streams.close() };
}

function answer(c: Context, document: object): Response {
  return c.json(document, 200, { 'cache-control': 'no-store' });
}

async function signed(platform: Platform, c: Context): Promise<{ probe: ProbeRow; body: string }> {
  const body = await c.req.text();
  const { method, path } = c.req;
  const probe = await authenticateProbe(platform, { method, path, body, header: (name) => c.req.header(name) });
  return { probe, body };
}

function read<T>(schema: z.ZodType<T>, body: string): T {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    throw notUnderstood();
  }
  const result = schema.safeParse(document);
  if (!result.success) throw notUnderstood();
  return result.data;
}

function notUnderstood(): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-not-understood',
    kind: 'bad-input',
    message: 'This is not what a second location says.',
    nextStep: 'Run the same version of Nachtwacht on both machines.',
    retryable: false,
  });
}
