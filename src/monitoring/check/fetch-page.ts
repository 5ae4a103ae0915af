import http from 'node:http';
import type { Socket } from 'node:net';
import { CheckFailure, failureOf } from './check-failure.ts';
import { decodeBody } from './decode-body.ts';
import type { Deadline } from './deadline.ts';
import { SeenPage } from './seen-page.ts';

export interface FetchInput {
  socket: Socket;
  url: URL;
  cookies: string | undefined;
  mostBytes: number;
  deadline: Deadline;
  /** Asked at the head of the answer: true = leads elsewhere, so its body is not read. */
  leadsElsewhere(head: { status: number; headers: http.IncomingHttpHeaders }): boolean;
  onFirstByte(): void;
}

/** A page is whole for a visitor when its end came, whatever the connection did after it. */
const pageEnd = '</html>';
const mostHeaderBytes = 64 * 1024;
/** Bodies that are being read, of all checks of this process: past it pages are cut early. */
const mostHeldBytes = 256 * 1024 * 1024;
let heldBytes = 0;

/** Sends one GET over a connection that is open, and reads the answer. Always closes the connection. Throws CheckFailure. */
export async function fetchPage(input: FetchInput): Promise<SeenPage> {
  const { socket, mostBytes } = input;
  try {
    const raw = await readAnswer(input);
    const { status, headers } = raw;
    const decoded = await decodeBody(raw.body, headers['content-encoding'], mostBytes);
    const page = new SeenPage({ status, headers, body: decoded.body, isCut: raw.isCut || decoded.isCut });
    if (raw.failure !== undefined && !page.body.subarray(-1024).toString('latin1').toLowerCase().includes(pageEnd))
      throw raw.failure;
    return page;
  } finally {
    socket.destroy();
  }
}

interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** As it came, encoded. */
  body: Buffer;
  isCut: boolean;
  /** The connection broke before the body was whole. */
  failure: CheckFailure | undefined;
}

function readAnswer(input: FetchInput): Promise<RawAnswer> {
  const { socket, url, mostBytes, deadline } = input;
  let request: http.ClientRequest | undefined;
  return deadline.race(
    () => 'answer',
    ({ resolve, reject }) => {
      const fail = (error: Error): void => reject(failureOf('answer', error));
      request = http.request({
        createConnection: () => socket,
        method: 'GET',
        path: `${url.pathname}${url.search}`,
        setHost: false,
        headers: headersFor(url, input.cookies),
        maxHeaderSize: mostHeaderBytes,
        // Browsers forgive servers whose headers are not quite right, and so must who judges for visitors. Nothing can be
        // smuggled in: a connection serves one request.
        insecureHTTPParser: true,
      });
      request.on('error', fail);
      // A server that speaks another protocol from now on (101) is not answering.
      request.on('upgrade', () => fail(new CheckFailure('answer', 'ERR_UPGRADED')));
      request.on('response', (response) => {
        input.onFirstByte();
        const head = { status: response.statusCode ?? 0, headers: response.headers };
        if (input.leadsElsewhere(head)) {
          resolve({ ...head, body: Buffer.alloc(0), isCut: false, failure: undefined });
          return;
        }
        readBody(response, mostBytes, (read) => {
          socket.destroy();
          resolve({ ...head, ...read });
        });
      });
      request.end();
    },
    (failure) => request?.destroy(failure),
  );
}

function readBody(
  response: http.IncomingMessage,
  mostBytes: number,
  done: (read: Pick<RawAnswer, 'body' | 'isCut' | 'failure'>) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isDone = false;
  const end = (isCut: boolean, failure?: CheckFailure): void => {
    if (isDone) return;
    isDone = true;
    heldBytes -= bytes;
    const [only] = chunks;
    const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    done({ body: body.length > mostBytes ? body.subarray(0, mostBytes) : body, isCut, failure });
  };
  const whole = wholeLength(response);
  response.on('data', (chunk: Buffer) => {
    if (isDone) return;
    chunks.push(chunk);
    bytes += chunk.length;
    heldBytes += chunk.length;
    if (bytes > mostBytes || heldBytes > mostHeldBytes) end(true);
    // At its last byte rather than at its 'end', when Node would first close the connection politely.
    else if (bytes === whole) end(false);
  });
  response.on('end', () => end(false));
  response.on('error', (error) => {
    if (!isDone) end(false, failureOf('answer', error));
  });
  response.on('close', () => {
    if (!isDone) end(false, new CheckFailure('answer', 'ECONNRESET'));
  });
}

/** Length that the head tells; undefined = it ends as its chunks or the connection do. */
function wholeLength({ headers }: http.IncomingMessage): number | undefined {
  const length = headers['transfer-encoding'] === undefined ? headers['content-length'] : undefined;
  return length === undefined ? undefined : Number(length);
}

/** As a list rather than an object: Node then writes them as they are. */
function headersFor(url: URL, cookies: string | undefined): string[] {
  return ['Host', url.host, ...usualHeaders, ...(cookies === undefined ? [] : ['Cookie', cookies])];
}

const usualHeaders = Object.entries({
  'User-Agent': 'Mozilla/5.0 (compatible; Nachtwacht/1)',
  Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
  'Accept-Encoding': 'gzip, deflate, br',
  'Accept-Language': 'nl,en;q=0.7',
  Connection: 'close',
}).flat();
