import { NachtwachtError } from '../platform/errors.ts';
import { loadFiles, type LoadedFile } from './load-files.ts';
import { chooseAnswer, chooseEncoding, isKnown } from './rules/choose-answer.ts';
import { hasPlaceForBranding, writeBranding, type PageBranding } from './rules/write-branding.ts';

/** What the house is called and looks like now; asked at every page. */
export type BrandingSource = () => Promise<PageBranding>;

export interface WebFiles {
  /** Answers a GET or HEAD; undefined = this is neither a file nor a page. */
  answer(request: Request): Promise<Response | undefined>;
}

/**
 * Serves the built web of a folder. Undefined when nothing was built there.
 * Throws `web-build-broken` when the page has no place for the branding.
 */
export async function openWebFiles(folder: string, branding: BrandingSource): Promise<WebFiles | undefined> {
  const files = await loadFiles(folder);
  const index = files?.get('/index.html')?.forms.get('identity');
  if (!files || !index) return undefined;
  const page = new TextDecoder().decode(index);
  if (!hasPlaceForBranding(page)) throw brokenBuild(folder);
  return {
    answer: async (request) => {
      const path = pathOf(request.url);
      if (path === undefined) return undefined;
      const answer = chooseAnswer(path, request.headers.get('accept') ?? '', (each) => files.has(each));
      if (answer.kind === 'none') return undefined;
      const file = answer.kind === 'file' ? files.get(answer.path) : undefined;
      return file ? answerFile(file, request) : answerPage(writeBranding(page, await branding()));
    },
  };
}

/** Undefined for an address that is no text. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}

function answerPage(page: string): Response {
  const body = new TextEncoder().encode(page);
  return new Response(body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(body.byteLength),
      'cache-control': 'no-store',
    },
  });
}

function answerFile(file: LoadedFile, request: Request): Response {
  const headers = new Headers({
    'content-type': file.contentType,
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (isKnown(request.headers.get('if-none-match') ?? '', file.etag))
    return new Response(null, { status: 304, headers });
  const encoding = chooseEncoding(request.headers.get('accept-encoding') ?? '', [...file.forms.keys()]);
  const body = file.forms.get(encoding);
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  headers.set('content-length', String(body?.byteLength ?? 0));
  return new Response(body ?? null, { headers });
}

function brokenBuild(folder: string): NachtwachtError {
  return new NachtwachtError({
    code: 'web-build-broken',
    kind: 'internal',
    message: `The pages in ${folder} were not made by this version of Nachtwacht.`,
    nextStep: 'Remove that folder and start again: the pages are built anew.',
    retryable: false,
  });
}
