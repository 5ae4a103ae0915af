import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Visit {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Whether PHP died while making the page, whatever the status says: with display_errors a fatal comes as a 200. */
  fatal: boolean;
  ms: number;
}

export interface VisitOptions {
  path?: string;
  cookie?: string;
  basicAuth?: { user: string; password: string };
  /** Follows up to this many redirects within the site; default 5. */
  redirects?: number;
}

/** Gets a page as a visitor would. Redirects are followed within the address only. */
export async function visit(url: string, options: VisitOptions = {}): Promise<Visit> {
  const started = performance.now();
  let address = new URL(options.path ?? '/', url);
  for (let left = options.redirects ?? 5; ; left -= 1) {
    const answer = await get(address, options);
    const location = answer.headers['location'];
    if (answer.status >= 300 && answer.status < 400 && typeof location === 'string' && left > 0) {
      address = new URL(location, address);
      continue;
    }
    const fatal = showsFatal(answer.body);
    return { ...answer, fatal, ms: performance.now() - started };
  }
}

/** Whether a page tells that PHP died: the text of PHP itself, or WordPress's message about it (English, Dutch). */
export function showsFatal(body: string): boolean {
  return /(Fatal error|Parse error)(<\/b>)?:|There has been a critical error|Er heeft zich een kritieke fout/i.test(
    body,
  );
}

function get(
  address: URL,
  options: VisitOptions,
): Promise<{ status: number; headers: Visit['headers']; body: string }> {
  return new Promise((resolve, reject) => {
    const auth = options.basicAuth;
    const asked = (address.protocol === 'https:' ? secureRequest : plainRequest)(address, {
      agent: false,
      ...(auth === undefined ? {} : { auth: `${auth.user}:${auth.password}` }),
      headers: {
        'user-agent': 'Mozilla/5.0 (rig visitor)',
        ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      },
    });
    asked.setTimeout(60_000, () => asked.destroy(new Error(`no answer from ${address.href} in 60 s`)));
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.end();
  });
}

export interface Health {
  ok: boolean;
  /** In words, for a failing test. */
  why: string;
}

/** Whether a page is what it should be: 200, the keyword in it, no fatal. */
export function judge(seen: Visit, keyword: string): Health {
  if (seen.fatal) return { ok: false, why: `PHP died (status ${seen.status}): ${seen.body.slice(0, 300)}` };
  if (seen.status !== 200) return { ok: false, why: `status ${seen.status}: ${seen.body.slice(0, 200)}` };
  if (!seen.body.includes(keyword))
    return { ok: false, why: `status 200 without '${keyword}': ${seen.body.slice(0, 300)}` };
  return { ok: true, why: 'status 200 with its keyword' };
}
