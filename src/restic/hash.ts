import { hash } from 'node:crypto';
import { ResticError } from './errors.ts';
import type { Id } from './types.ts';

const ID = /^[0-9a-f]{64}$/;

/** SHA-256 as 64 lower-case hex digits. */
export function sha256(data: Uint8Array): Id {
  return hash('sha256', data, 'hex');
}

/** Throws `bad-name` unless this may be the name of a repository file: no other gets near a path. */
export function assertFileName(name: string): void {
  if (ID.test(name)) return;
  throw new ResticError('bad-name', `"${name.slice(0, 80)}" is not the name of a repository file.`);
}

export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID.test(value);
}
