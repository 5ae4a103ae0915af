import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { apiErrorOf, retry } from './api.ts';

test('what a proxy says while the platform is away is a lost connection, what the house says is not', () => {
  const away = new ORPCError('BAD_GATEWAY', { status: 502, data: '<html>' });
  expect(apiErrorOf(away)).toMatchObject({ code: 'platform-unreachable', status: 0 });
  expect(retry(50, away)).toBe(true);
  const said = new ORPCError('TIMEOUT', {
    status: 502,
    data: { code: 'timeout', nextStep: 'Wait.', retryable: false },
  });
  expect(apiErrorOf(said)).toMatchObject({ code: 'timeout', status: 502, nextStep: 'Wait.' });
  expect(retry(0, said)).toBe(false);
  expect(apiErrorOf(new TypeError('fetch failed')).code).toBe('platform-unreachable');
  expect(apiErrorOf(new Error('a fault of ours'))).toMatchObject({ code: 'unexpected', retryable: false });
});
