import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Health } from './answers.ts';
import type { AnswerEnd } from './frame-parser.ts';
import { readFrames, type Frame } from './frame-reader.ts';
import { normalCode, pairProof, type PairFields } from './pair-site.ts';
import { decodeRows, encodeRows } from './row-codec.ts';
import { keyIdOf, rawPublicKey, signRequest } from './sign-request.ts';
import { decodeName, decodePath, encodeName, encodePath } from './wire-path.ts';

// The same files that the plugin's tests read.
function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../connector/protocol/${name}.json`, import.meta.url), 'utf8'));
}
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

function keyOf(seed: string): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'hex')]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

interface AuthFixture {
  seed: string;
  state: { site: string; public_key: string; key: string };
  accepted: {
    name: string;
    uri: string;
    payload: string;
    auth: { ts: number; nonce: string; claim: number };
    header: string;
  }[];
}

test('requests are signed exactly as the plugin expects', () => {
  const { seed, state, accepted } = load('auth') as AuthFixture;
  const privateKey = keyOf(seed);
  expect(rawPublicKey(privateKey).toString('base64')).toBe(state.public_key);
  expect(keyIdOf(privateKey)).toBe(state.key);
  expect(accepted.length).toBeGreaterThan(2);
  for (const { uri, payload, auth, header } of accepted) {
    const made = signRequest({
      credentials: { siteId: state.site, keyId: state.key, privateKey },
      target: uri,
      payload: [bytesOf(payload)],
      time: auth.ts,
      claim: auth.claim,
      nonce: auth.nonce,
    });
    expect(JSON.parse(Buffer.from(made.auth, 'base64url').toString())).toEqual(
      JSON.parse(Buffer.from(header, 'base64url').toString()),
    );
  }
});

interface PairingFixture {
  code: string;
  spellings: string[];
  not_codes: string[];
  offer: PairFields;
  proof: string;
  home: string;
  answer_proof: string;
}

test('pairing codes and proofs', () => {
  const pairing = load('pairing') as PairingFixture;
  for (const typed of pairing.spellings) expect(normalCode(typed)).toBe(pairing.code);
  for (const typed of pairing.not_codes) expect(normalCode(typed)).toBeUndefined();
  expect(pairProof(pairing.code, pairing.offer)).toBe(pairing.proof);
  expect(pairProof(pairing.code, pairing.offer, pairing.home)).toBe(pairing.answer_proof);
});

interface FramesFixture {
  nonce: string;
  good: { name: string; body: string; frames: { type: string; payload: string }[]; end: object }[];
  bad: { name: string; body: string }[];
}

async function readAll(body: Buffer, nonce: string, size: number): Promise<{ frames: Frame[]; end: AnswerEnd }> {
  const frames: Frame[] = [];
  async function* source(): AsyncGenerator<Buffer> {
    for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
  }
  const reader = readFrames(source(), { nonce, maxBytes: 4_000_000 });
  for (;;) {
    const step = await reader.next();
    if (step.done === true) return { frames, end: step.value };
    frames.push(step.value);
  }
}

const frames = load('frames') as FramesFixture;

test.each(frames.good)('frames: $name', async ({ body, frames: wanted, end }) => {
  for (const size of [1_000_000, 4096, 7]) {
    const read = await readAll(bytesOf(body), frames.nonce, size);
    expect(read.end).toMatchObject(end);
    const expected = wanted
      .filter((frame) => frame.type !== 'P' && frame.payload !== '')
      .map(({ type, payload }) =>
        type === 'J'
          ? { type, value: JSON.parse(bytesOf(payload).toString()) as unknown }
          : { type, bytes: bytesOf(payload) },
      );
    expect(read.frames).toEqual(expected);
  }
});

test.each(frames.bad)('not an answer: $name', async ({ body }) => {
  for (const size of [1_000_000, 7]) {
    await expect(readAll(bytesOf(body), frames.nonce, size)).rejects.toThrow(Error);
  }
});

interface PathsFixture {
  names: { bytes: string; wire: string }[];
  good: { wire: string; bytes: string }[];
  bad: string[];
}

test('wire form of names and paths', () => {
  const paths = load('paths') as PathsFixture;
  for (const { bytes, wire } of paths.names) {
    expect(encodeName(Buffer.from(bytes, 'hex'))).toBe(wire);
    expect(Buffer.from(decodeName(wire)).toString('hex')).toBe(bytes);
  }
  for (const { wire, bytes } of paths.good) {
    const names = decodePath(wire);
    expect(encodePath(names)).toBe(wire);
    expect(
      Buffer.concat(
        names.flatMap((name, i) => (i === 0 ? [Buffer.from(name)] : [Buffer.from('/'), Buffer.from(name)])),
      ).toString('hex'),
    ).toBe(bytes);
  }
  for (const wire of paths.bad) expect(() => decodePath(wire)).toThrow(/not allowed/);
});

interface RowsFixture {
  good: { name: string; cells: (string | null)[]; bytes: string }[];
  bad: { name?: string; columns: number; bytes: string }[];
}

test('row bytes', () => {
  const rows = load('rows') as RowsFixture;
  for (const { cells, bytes } of rows.good) {
    const row = cells.map((cell) => (cell === null ? null : bytesOf(cell)));
    expect(encodeRows([row]).toString('base64')).toBe(bytes);
    expect(decodeRows(bytesOf(bytes), cells.length)).toEqual([row]);
  }
  for (const { columns, bytes } of rows.bad)
    expect(() => decodeRows(bytesOf(bytes), columns)).toThrow(/checksum or form/);
});

test('what a site says of its health is taken only when it has the right form', () => {
  const { answers } = load('health') as { answers: { name: string; end: object; good: boolean }[] };
  expect(answers.length).toBeGreaterThan(4);
  for (const { name, end, good } of answers) expect([name, Health.safeParse(end).success]).toEqual([name, good]);
});
