import { causeNumber, storedCauses, verdictNumber, verdictOf, type CheckResult } from '../results/pack.ts';

/** A check of one target as it lies in the spool. */
export interface SpooledResult {
  /** Of the target. */
  no: number;
  /** Counts through all records of one spool. */
  seq: number;
  result: CheckResult;
}

export const recordBytes = 24;
const mark = 0xa5;
const mostMs = 0xfffe;
const phases = ['dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'totalMs'] as const;

/**
 * Layout, big-endian: check byte (XOR of the others and 0xa5), verdict and cause (2 + 5 bits), status (16 bits, 0 = none),
 * number of the target (32), milliseconds since 1970 (48), five phases as milliseconds + 1 (16 each, 0 = not reached).
 */
export function writeRecord(into: Buffer, at: number, no: number, result: CheckResult): void {
  into.writeUInt8(verdictNumber(result.verdict) | (causeNumber(result.cause) << 2), at + 1);
  into.writeUInt16BE(result.status ?? 0, at + 2);
  into.writeUInt32BE(no, at + 4);
  into.writeUIntBE(Math.round(result.at), at + 8, 6);
  phases.forEach((phase, i) => {
    const value = result[phase];
    into.writeUInt16BE(value === null ? 0 : Math.min(mostMs, Math.max(0, Math.round(value))) + 1, at + 14 + 2 * i);
  });
  into.writeUInt8(checkByte(into, at), at);
}

/** Undefined when the bytes are no whole record (a crash left them half written). */
export function readRecord(from: Buffer, at: number): { no: number; result: CheckResult } | undefined {
  if (from.length < at + recordBytes || from.readUInt8(at) !== checkByte(from, at)) return undefined;
  const head = from.readUInt8(at + 1);
  const phase = (i: number): number | null => {
    const value = from.readUInt16BE(at + 14 + 2 * i);
    return value === 0 ? null : value - 1;
  };
  return {
    no: from.readUInt32BE(at + 4),
    result: {
      at: from.readUIntBE(at + 8, 6),
      verdict: verdictOf(head & 3),
      cause: storedCauses[(head >> 2) & 31] ?? null,
      status: from.readUInt16BE(at + 2) || null,
      dnsMs: phase(0),
      connectMs: phase(1),
      tlsMs: phase(2),
      firstByteMs: phase(3),
      totalMs: phase(4),
    },
  };
}

function checkByte(bytes: Buffer, at: number): number {
  let sum = mark;
  for (let i = 1; i < recordBytes; i++) sum ^= bytes[at + i] ?? 0;
  return sum;
}
