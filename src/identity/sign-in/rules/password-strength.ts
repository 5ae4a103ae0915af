import { commonWords } from './common-words.ts';

export const leastLength = 12;
export const mostLength = 128;
/** Guessing it must take about this many halvings of all that people choose. */
const leastBits = 40;

export type PasswordJudgement =
  | { fit: true; bits: number }
  | { fit: false; reason: 'too-short' | 'too-long' | 'too-common'; bits: number };

/**
 * Whether a password may be used, judged without asking anybody: length first, then how cheaply it can be put together
 * from what people choose (words, names, years, keyboard rows, repeats). `own`: words that belong to this person
 * (e-mail address, name, the agency), which are guessed first.
 */
export function judgePassword(password: string, own: string[] = []): PasswordJudgement {
  const length = Array.from(password).length;
  if (length > mostLength) return { fit: false, reason: 'too-long', bits: 0 };
  const bits = bitsOf(password, ownWords(own));
  if (length < leastLength) return { fit: false, reason: 'too-short', bits };
  return bits < leastBits ? { fit: false, reason: 'too-common', bits } : { fit: true, bits };
}

function ownWords(own: string[]): Set<string> {
  return new Set(own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3));
}

/** The cheapest way to put the text together, from left to right; in bits. */
function bitsOf(text: string, own: Set<string>): number {
  const low = text.toLowerCase();
  const plain = low.replaceAll(/[013457@$!]/g, (sign) => leet[sign] ?? sign);
  const cost = [0];
  for (let end = 1; end <= text.length; end++) {
    let best = (cost[end - 1] ?? 0) + bitsOfSign(text[end - 1] ?? '');
    for (let from = Math.max(0, end - 24); from <= end - 2; from++) {
      const piece = bitsOfPiece(text, low, plain, from, end, own);
      if (piece !== undefined) best = Math.min(best, (cost[from] ?? 0) + piece);
    }
    cost.push(best);
  }
  return cost[text.length] ?? 0;
}

const leet: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };

function bitsOfSign(sign: string): number {
  if (/\d/.test(sign)) return 3.3;
  if (/[a-z]/.test(sign)) return 4.7;
  if (/[A-Z]/.test(sign)) return 5.7;
  return sign.codePointAt(0) === undefined || sign < '\u0080' ? 5 : 6;
}

function bitsOfPiece(
  text: string,
  low: string,
  plain: string,
  from: number,
  end: number,
  own: Set<string>,
): number | undefined {
  const length = end - from;
  const piece = low.slice(from, end);
  // The same again, as in 'welkomwelkom'.
  if (from >= length && low.slice(from - length, from) === piece) return 2;
  if (length < 3) return undefined;
  const bare = plain.slice(from, end);
  const changed = (text.slice(from, end) === piece ? 0 : 1) + (bare === piece ? 0 : 1);
  if (own.has(piece) || own.has(bare)) return 3 + changed;
  if (commonWords.has(piece) || commonWords.has(bare)) return 10 + changed;
  if (/^(19|20)\d\d$/.test(piece)) return 6;
  if (isRun(piece) || rows.some((row) => row.includes(piece))) return 5 + Math.log2(length) + changed;
  return undefined;
}

/** One step all the way: 'aaa', 'abcd', '4321'. */
function isRun(piece: string): boolean {
  const step = piece.charCodeAt(1) - piece.charCodeAt(0);
  if (Math.abs(step) > 1) return false;
  for (let at = 2; at < piece.length; at++) {
    if (piece.charCodeAt(at) - piece.charCodeAt(at - 1) !== step) return false;
  }
  return true;
}

const walks = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  'azertyuiop',
  'qsdfghjklm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
];
const rows = [...walks, ...walks.map((row) => Array.from(row).toReversed().join(''))];
