import type { IncomingHttpHeaders } from 'node:http';
import { charsetOf, footerTexts, generatorOf, isNoindex, titleOf } from './rules/page-text.ts';

/** Of a page's beginning, in which its title and meta elements are looked for. */
const headLength = 64 * 1024;

/**
 * The page that a check got. Bytes and headers are there; what has to be read out of the text is read when it is asked
 * for, so that the thousands of checks that nobody asks anything of do not pay for it.
 */
export class SeenPage {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decoded. */
  readonly body: Buffer;
  /** True: more was to come than is read of a page. */
  readonly isCut: boolean;
  #text: string | undefined;

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
    if (this.#text !== undefined) return this.#text;
    const charset = charsetOf(this.headers['content-type'], this.body.toString('latin1', 0, 2048));
    try {
      this.#text = new TextDecoder(charset).decode(this.body);
    } catch {
      this.#text = this.body.toString('utf8');
    }
    return this.#text;
  }

  /** Text of the title element, at most 200 characters; null = none. */
  get title(): string | null {
    return titleOf(this.#head);
  }

  /** Whether it asks search engines to stay away: a robots meta element, or X-Robots-Tag. */
  get isNoindex(): boolean {
    return isNoindex(this.#head, this.headers['x-robots-tag']);
  }

  /** Such as 'WordPress 6.8.1'; null = it does not say. */
  get generator(): string | null {
    return generatorOf(this.#head);
  }

  /** Texts near the end that may become the keyword, best first, at most eight; each is in the body as it is written. */
  get footerTexts(): string[] {
    return footerTexts(this.text);
  }

  get #head(): string {
    return this.text.slice(0, headLength);
  }
}
