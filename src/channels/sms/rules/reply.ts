/** What a guard's SMS asks for. `code`: the number of the alarm on his phone; undefined = the latest. */
export type Reply =
  | { what: 'take' | 'done'; code: number | undefined }
  /** `STOP` and its like: an operator's word for 'send me nothing any more'. It must not silence a guard on duty. */
  | { what: 'stop' }
  | { what: 'unclear' };

const words = new Map<string, 'take' | 'done'>([
  ...['a', 'ack', 'ok', 'ja', 'yes'].map((word) => [word, 'take'] as const),
  ...['d', 'done', 'klaar'].map((word) => [word, 'done'] as const),
]);
const stops = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'arret']);
const longest = 160;

/**
 * Reads a reply as people type it at night: `7a`, `7 A`, `a7`, `a 7`, `A`, `ok 7`, `7 ja.`; case, blanks and full stops do
 * not matter. Anything else is unclear rather than guessed.
 */
export function readReply(text: string): Reply {
  if (text.length > longest) return { what: 'unclear' };
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,!:;#()"'-]+/gu, ' ')
    .trim();
  if (stops.has(plain)) return { what: 'stop' };
  const found =
    /^(?<number>\d{1,3}) ?(?<word>[a-z]+)$/u.exec(plain) ?? /^(?<word>[a-z]+) ?(?<number>\d{1,3})?$/u.exec(plain);
  const what = words.get(found?.groups?.['word'] ?? '');
  const code = found?.groups?.['number'];
  if (what === undefined || code === '0') return { what: 'unclear' };
  return { what, code: code === undefined ? undefined : Number(code) };
}
