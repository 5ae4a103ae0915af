import { expect, it } from 'vitest';
import { resticAccess } from './repository-place.ts';

it('names a local folder, quoted when it must be', () => {
  expect(resticAccess({ kind: 'local', folder: '/data/repositories/shop' }).command).toBe(
    'restic -r /data/repositories/shop snapshots',
  );
  expect(resticAccess({ kind: 'local', folder: "/data/it's here" }).command).toBe(
    `restic -r '/data/it'\\''s here' snapshots`,
  );
});

it('names a bucket, and the variables without their values', () => {
  const access = resticAccess({
    kind: 's3',
    endpoint: 'https://s3.example.org',
    bucket: 'b',
    region: 'eu',
    prefix: 'p/shop',
  });
  expect(access.repository).toBe('s3:https://s3.example.org/b/p/shop');
  expect(access.environment.map((one) => one.name)).toEqual([
    'RESTIC_PASSWORD',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_DEFAULT_REGION',
  ]);
  expect(access.environment.filter((one) => 'value' in one).map((one) => one.name)).toEqual(['AWS_DEFAULT_REGION']);
});
