import type { IncomingHttpHeaders } from 'node:http';

/** Headers of the answer that others look at. */
export type SeenHeaders = Pick<
  IncomingHttpHeaders,
  | 'server'
  | 'content-type'
  | 'cache-control'
  | 'age'
  | 'x-cache'
  | 'cf-cache-status'
  | 'x-robots-tag'
  | 'x-powered-by'
  | 'link'
>;

/**
 * The page that a check got. Bytes and headers are there; what has to be read out of the text is read when it is asked
 * for, so that the thousands of checks that nobody asks anything of do not pay for it.
 */
export class SeenPage {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** True: more was to come than is read of a page. */
  readonly isCut: boolean;

  constructor(page: { status: number; headers: IncomingHttpHeaders; body: Buffer; isCut: boolean }) {
    this.status = page.status;
    this.headers = page.headers;
    this.body = page.body;
    this.isCut = page.isCut;
  }

  /** Of the decoded body. */
  get bytes(): number {
    return this.body.length;
  }

  /** The whole text, in the charset that the page names. */
  get text(): string {
    throw new Error('not there yet');
  }

  /** Text of the title element, at most 200 characters; null = none. */
  get title(): string | null {
    throw new Error('not there yet');
  }

  /** Whether it asks search engines to stay away: a robots meta element, or X-Robots-Tag. */
  get isNoindex(): boolean {
    throw new Error('not there yet');
  }

  /** Such as 'WordPress 6.8.1'; null = it does not say. */
  get generator(): string | null {
    throw new Error('not there yet');
  }

  /**
   * Texts near the end of the page that may become its keyword, best first, at most eight: plain text of one element,
   * 8 to 80 characters, without digits (years, counters, prices change), each found in the body as it is written.
   */
  get footerTexts(): string[] {
    throw new Error('not there yet');
  }
}
