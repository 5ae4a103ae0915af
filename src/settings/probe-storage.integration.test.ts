// The storage test against a real S3 store (Ceph) and a real folder, right and in every way wrong.
import { DeleteBucketPolicyCommand, ListObjectsV2Command, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCeph, type CephGateway } from '../../e2e/harness/ceph.ts';
import { makeCertificate } from '../../e2e/harness/certificates.ts';
import { systemClock } from '../platform/clock.ts';
import type { S3Config } from '../platform/config.ts';
import { probeStorage } from './probe-storage.ts';

const ground = { clock: systemClock };
let ceph: CephGateway;
let right: S3Config;
let client: S3Client;

beforeAll(async () => {
  ceph = await startCeph();
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = ceph;
  right = { endpoint, region, bucket, prefix: 'wp', accessKey: accessKeyId, secretKey: secretAccessKey };
  client = new S3Client({ ...ceph, credentials: { accessKeyId, secretAccessKey } });
});
afterAll(async () => {
  client.destroy();
  await ceph.stop();
});

const tryS3 = (change: Partial<S3Config>) => probeStorage(ground, { kind: 's3', ...right, ...change });

async function objectsLeft(): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: ceph.bucket }));
  return Contents.map((one) => one.Key ?? '');
}

async function forbid(...actions: string[]): Promise<void> {
  const [everybody, all] = [{ AWS: '*' }, [`arn:aws:s3:::${ceph.bucket}`, `arn:aws:s3:::${ceph.bucket}/*`]];
  const Statement = [{ Effect: 'Deny', Principal: everybody, Action: actions, Resource: all }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: ceph.bucket, Policy }));
}

describe('S3', () => {
  test('all is well: four steps, and nothing is left behind', async () => {
    const result = await tryS3({});
    expect(result).toMatchObject({ ok: true, problem: null });
    expect(result.done.map((one) => one.step)).toEqual(['put', 'read', 'list', 'delete']);
    expect(await tryS3({ prefix: '' })).toMatchObject({ ok: true });
    expect(await objectsLeft()).toEqual([]);
  });

  test('a wrong access key, a wrong secret key, no such bucket', async () => {
    expect(await tryS3({ accessKey: 'NOBODY' })).toMatchObject({ ok: false, problem: { code: 'wrong-access-key' } });
    expect(await tryS3({ secretKey: 'wrong' })).toMatchObject({ problem: { code: 'wrong-secret-key' } });
    expect(await tryS3({ bucket: 'not-there' })).toMatchObject({ problem: { code: 'no-bucket' } });
  });

  test('no right to delete, to list, to read, to put: says which', async () => {
    for (const [action, step] of [
      ['s3:DeleteObject', 'delete'],
      ['s3:ListBucket', 'list'],
      ['s3:GetObject', 'read'],
      ['s3:PutObject', 'put'],
    ] as const) {
      await forbid(action);
      const result = await tryS3({});
      await client.send(new DeleteBucketPolicyCommand({ Bucket: ceph.bucket }));
      expect(result, action).toMatchObject({ ok: false, problem: { code: 'no-right', step } });
    }
    // Only the one that could not be deleted is left.
    expect(await objectsLeft()).toHaveLength(1);
  });

  test('a clock that runs an hour wrong: says by how much', async () => {
    const hour = 3_600_000;
    const late = { ...systemClock, now: () => new Date(systemClock.now().getTime() + hour) };
    const wrong = await probeStorage({ clock: late }, { kind: 's3', ...right }, { clockOffsetMs: hour });
    expect(wrong).toMatchObject({ ok: false, problem: { code: 'clock-skew', minutes: 60 } });
  });

  test('nobody there, no such name, and something that is no S3', async () => {
    const port = await freePort();
    expect(await tryS3({ endpoint: `http://127.0.0.1:${port}` })).toMatchObject({ problem: { code: 'refused' } });
    expect(await tryS3({ endpoint: 'https://s3.nachtwacht.invalid' })).toMatchObject({
      problem: { code: 'unknown-host' },
    });
    const page = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>A shop</body></html>');
    });
    const at = await listen(page);
    expect(await tryS3({ endpoint: `http://127.0.0.1:${at}` })).toMatchObject({
      ok: false,
      problem: { code: 'no-s3' },
    });
    page.close();
  });

  test('TLS: none at this port, and a certificate that nobody vouches for', async () => {
    expect(await tryS3({ endpoint: ceph.endpoint.replace('http:', 'https:') })).toMatchObject({
      problem: { code: 'no-tls' },
    });
    // For another address than the one that is called.
    const { certificate, key } = await makeCertificate('127.9.9.9');
    const server = https.createServer({ cert: await readFile(certificate), key: await readFile(key) });
    const at = await listen(server);
    expect(await tryS3({ endpoint: `https://127.0.0.1:${at}` })).toMatchObject({
      problem: { code: 'certificate', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
    server.close();
  });
});

describe('a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'nw-store-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is made when it is not there, and left empty', async () => {
    const inside = path.join(folder, 'a', 'b');
    expect(await probeStorage(ground, { kind: 'folder', folder: inside })).toMatchObject({ ok: true });
    expect(await readdir(inside)).toEqual([]);
  });

  test('cannot be below a file', async () => {
    await writeFile(path.join(folder, 'file'), '');
    expect(await probeStorage(ground, { kind: 'folder', folder: path.join(folder, 'file', 'x') })).toMatchObject({
      problem: { code: 'folder-missing' },
    });
  });
});

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
