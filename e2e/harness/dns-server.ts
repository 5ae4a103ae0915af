import { createSocket, type Socket } from 'node:dgram';

/** What a name gets for an answer. `silent`: none at all, as of name servers that are gone. */
export type DnsAnswer =
  | { kind: 'address'; v4?: readonly string[]; v6?: readonly string[]; ttl: number }
  | { kind: 'gone' }
  | { kind: 'servfail' }
  | { kind: 'silent' };

/** A real DNS server (RFC 1035, over UDP) on a loopback address, for the names that a test gives it. */
export interface TestDns {
  /** `127.0.0.1:PORT`, as node:dns wants servers. */
  readonly server: string;
  /** How many questions came for a name. */
  asked(name: string): number;
  set(name: string, answer: DnsAnswer): void;
  /** An A record; ttl in seconds, default 1. */
  point(name: string, address: string, ttl?: number): void;
  /** True: no name is answered at all, as if the resolver were dead. */
  setDead(isDead: boolean): void;
  stop(): Promise<void>;
}

const types = { a: 1, aaaa: 28 } as const;
const codes = { fine: 0, servfail: 2, gone: 3 } as const;

/** Starts it. Names that were not given do not exist; `*.shops.test` stands for every name one level below. */
export async function startDnsServer(): Promise<TestDns> {
  const answers = new Map<string, DnsAnswer>();
  const counts = new Map<string, number>();
  let isDead = false;
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.on('message', (question, from) => {
    const asked = readQuestion(question);
    if (asked === undefined) return;
    counts.set(asked.name, (counts.get(asked.name) ?? 0) + 1);
    const known = answers.get(asked.name) ?? answers.get(asked.name.replace(/^[^.]+/, '*')) ?? { kind: 'gone' };
    if (isDead || known.kind === 'silent') return;
    socket.send(writeAnswer(question, asked, known), from.port, from.address);
  });
  await bind(socket);
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked: (name) => counts.get(name) ?? 0,
    set: (name, answer) => void answers.set(name.toLowerCase(), answer),
    point: (name, address, ttl = 1) => void answers.set(name.toLowerCase(), { kind: 'address', v4: [address], ttl }),
    setDead: (dead) => {
      isDead = dead;
    },
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function bind(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve());
  });
}

interface Question {
  name: string;
  type: number;
  /** Where it ends in the message. */
  end: number;
}

/** The one question of a message: labels, type, class. */
function readQuestion(message: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63) return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(message.toString('latin1', at, at + length));
    at += length;
  }
  if (at + 4 > message.length) return undefined;
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at), end: at + 4 };
}

function writeAnswer(
  question: Buffer,
  { type, end }: Question,
  answer: Exclude<DnsAnswer, { kind: 'silent' }>,
): Buffer {
  const code = answer.kind === 'address' ? codes.fine : codes[answer.kind];
  const data =
    answer.kind !== 'address'
      ? []
      : type === types.a
        ? (answer.v4 ?? []).map(v4Bytes)
        : type === types.aaaa
          ? (answer.v6 ?? []).map(v6Bytes)
          : [];
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  // An answer (0x8000), recursion desired as asked and available.
  head.writeUInt16BE(0x8080 | (question.readUInt16BE(2) & 0x0100) | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 6);
  const ttl = answer.kind === 'address' ? answer.ttl : 0;
  const records = data.map((bytes) => {
    const record = Buffer.alloc(12);
    // The name is the one of the question, at byte 12 (compression).
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(ttl, 6);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, question.subarray(12, end), ...records]);
}

const v4Bytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

function v6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  const bytes = Buffer.alloc(16);
  for (const [at, word] of all.entries()) bytes.writeUInt16BE(word, at * 2);
  return bytes;
}
