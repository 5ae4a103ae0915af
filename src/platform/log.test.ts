import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { NachtwachtError } from './errors.ts';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let all = '';
  const into = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      all += chunk.toString();
      done();
    },
  });
  write(createLog('info', into));
  return all;
}

test('an error is logged with its message, code, stack and causes', () => {
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const error = new NachtwachtError({
    code: 'site-silent',
    kind: 'site',
    message: 'The site does not answer.',
    nextStep: 'Look.',
    retryable: true,
    cause,
  });
  const line = JSON.parse(logged((log) => log.warn({ err: error }, 'x'))) as { err: Record<string, unknown> };
  expect(line.err).toMatchObject({
    type: 'NachtwachtError',
    code: 'site-silent',
    message: 'The site does not answer.',
    stack: expect.stringContaining('log.test.ts') as string,
    cause: { code: 'ECONNREFUSED', message: 'connection refused' },
  });
});

test('neither what an error carries along nor what is named as a secret is logged', () => {
  const secret = 'hunter2-hunter2';
  const token = `nw_${'a'.repeat(43)}`;
  const error = Object.assign(
    new Error(`bad ${token}`, { cause: Object.assign(new Error('row'), { detail: secret }) }),
    {
      data: { password: secret },
      parameters: [secret],
    },
  );
  const all = logged((log) => {
    log.error({ err: error }, 'x');
    log.info(
      { password: secret, headers: { authorization: secret, cookie: secret }, a: { b: { token: secret } } },
      'y',
    );
  });
  expect(all).toContain('[secret]');
  expect(all).not.toContain(secret);
  expect(all).not.toContain(token);
});
