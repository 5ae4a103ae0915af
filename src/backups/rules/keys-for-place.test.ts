import { expect, test } from 'vitest';
import { normalEndpoint, storeOfPlace } from './keys-for-place.ts';

const place = { kind: 's3', endpoint: 'https://s3.eu.example', bucket: 'b', region: 'eu', prefix: 'wp/shop' } as const;
const store = (endpoint: string, bucket: string, prefix: string, name: string) => ({ endpoint, bucket, prefix, name });

test('keys of another endpoint or bucket are never used', () => {
  const others = [store('https://s3.us.example', 'b', '', 'x'), store('https://s3.eu.example', 'c', '', 'y')];
  expect(storeOfPlace(place, others)).toBeUndefined();
});

test('a folder counts as a whole: wp is not wp2', () => {
  expect(storeOfPlace({ ...place, prefix: 'wp2/shop' }, [store(place.endpoint, 'b', 'wp', 'x')])).toBeUndefined();
  expect(storeOfPlace(place, [store(place.endpoint, 'b', 'wp', 'x')])?.name).toBe('x');
});

test('the longest folder wins, then the first', () => {
  const stores = [
    store(place.endpoint, 'b', '', 'whole'),
    store(place.endpoint, 'b', 'wp', 'environment'),
    store(place.endpoint, 'b', 'wp', 'database'),
  ];
  expect(storeOfPlace(place, stores)?.name).toBe('environment');
});

test('spelling of the endpoint does not matter', () => {
  expect(normalEndpoint('HTTPS://S3.eu.Example:443/')).toBe('https://s3.eu.example');
  expect(storeOfPlace(place, [store('https://s3.eu.example:443/', 'b', 'wp', 'x')])?.name).toBe('x');
});
