// Cuts SQL into tokens as the servers of MariaDB and MySQL and their command line clients do. Where two of them could
// read a text differently it is refused: a site could hide one statement from us inside what another reads as a string.

/** Why SQL text of a site is not taken. */
export type SqlFault =
  | 'other-kind' // it does not begin, or go on, as the statement that it is said to be
  | 'other-database' // it names the database in which the object is to be made
  | 'reads-rows' // a CREATE TABLE that fills itself
  | 'second-statement'
  | 'client-command' // something that the command line client would do by itself
  | 'unterminated' // a quote or comment without an end
  | 'ambiguous'; // programs read it differently, or it is beyond what is understood here

/** Thrown while reading; `faultOfSql` catches it. */
export class SqlRefused extends Error {
  readonly why: SqlFault;

  constructor(why: SqlFault) {
    super(why);
    this.why = why;
  }
}

/** How quotes are read: by the sql_mode under which the text will be loaded. */
export interface QuoteReading {
  /** A backslash escapes in '...' and in "...". */
  escapesInSingle: boolean;
  escapesInDouble: boolean;
}

export type TokenKind =
  | 'word' // `value` in capitals
  | 'name' // in backticks; `value` without them
  | 'string' // in either quotes; a name under ANSI_QUOTES
  | 'sign' // `value` is the sign
  | 'end';

const SPACE = /[ \t\r\n]+/y;
// The third byte has to be a space for every client and server; what else they take is a control character, refused.
const LINE_COMMENT = /(?:#|--(?=[ \t\r\n]|$))[^\n]*/y;
/** Of optimizer hints only what is no more than names and numbers: clients look for commands inside others. */
const HINT = /\/\*\+[\w ,.()@`=]*\*\//y;
const CODE_COMMENT = /\/\*M?!\d*/y;
const WORD = /[\w$\u0080-\uffff]+/y;
const IN_ASCII = /^[\w$]+$/;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Reads one token after another; comments are left out, but what stands in a comment that is code is not. */
export class SqlTokens {
  kind: TokenKind = 'end';
  value = '';
  readonly #text: string;
  readonly #reading: QuoteReading;
  readonly #mayHoldCode: boolean;
  #at = 0;
  /** Where the comment that is code ends, or the text. */
  #until: number;

  /** `mayHoldCode`: whether comments that are code (`/*!50100`) may occur: servers print them for tables, and keep none in an object. */
  constructor(text: string, reading: QuoteReading, mayHoldCode: boolean) {
    if (text.includes('\0')) throw new SqlRefused('ambiguous');
    this.#text = text;
    this.#reading = reading;
    this.#mayHoldCode = mayHoldCode;
    this.#until = text.length;
    this.next();
  }

  /** Whether the token is this word, or one of these. */
  is(...words: readonly string[]): boolean {
    return this.kind === 'word' && words.includes(this.value);
  }

  isEnd(): boolean {
    return this.kind === 'end';
  }

  isSign(sign: string): boolean {
    return this.kind === 'sign' && this.value === sign;
  }

  /** Goes on when the token is this word. */
  take(word: string): boolean {
    const found = this.is(word);
    if (found) this.next();
    return found;
  }

  /** Goes on to the next token. */
  next(): void {
    this.#skip();
    const from = this.#at;
    if (from >= this.#until) {
      this.kind = 'end';
      this.value = '';
      return;
    }
    const sign = this.#text[from]!;
    this.value = '';
    if (sign === '`' || sign === "'" || sign === '"') {
      this.kind = sign === '`' ? 'name' : 'string';
      this.#at = this.#endOfQuote(sign);
      if (sign === '`') this.value = this.#text.slice(from + 1, this.#at - 1);
      return;
    }
    if (this.#passes(WORD)) {
      const word = this.#text.slice(from, this.#at);
      this.kind = 'word';
      // Outside ASCII no letter is part of a keyword, whatever it is as a capital.
      this.value = IN_ASCII.test(word) ? word.toUpperCase() : word;
      if (this.value.startsWith('DELIMITER') && this.#beginsLine(from)) throw new SqlRefused('client-command');
      return;
    }
    if (sign === '\\') throw new SqlRefused('client-command');
    if (CONTROL.test(sign)) throw new SqlRefused('ambiguous');
    this.kind = 'sign';
    this.value = sign;
    this.#at += 1;
  }

  #skip(): void {
    for (;;) {
      if (this.#at >= this.#until && this.#until < this.#text.length) {
        this.#at = this.#until + 2;
        this.#until = this.#text.length;
      }
      if (this.#passes(SPACE) || this.#passes(HINT)) continue;
      const from = this.#at;
      if (this.#passes(LINE_COMMENT)) {
        // At the end of the text it would swallow what follows there.
        if (this.#at >= this.#until) throw new SqlRefused('unterminated');
        if (CONTROL.test(this.#text.slice(from, this.#at))) throw new SqlRefused('ambiguous');
        continue;
      }
      if (!this.#text.startsWith('/*', from)) return;
      if (this.#passes(CODE_COMMENT)) this.#enterCode();
      else if (this.#text.startsWith('/*+', from)) throw new SqlRefused('ambiguous');
      else {
        const end = this.#text.indexOf('*/', from + 2);
        if (end === -1) throw new SqlRefused('unterminated');
        this.#at = end + 2;
      }
    }
  }

  /**
   * A server of another version takes code from `/*!50100` on for a comment up to the first end of one: it has to end
   * there for the server that runs it too. So nothing inside may hide that end, and no other comment begins in it.
   */
  #enterCode(): void {
    if (!this.#mayHoldCode) throw new SqlRefused('ambiguous');
    const end = this.#text.indexOf('*/', this.#at);
    if (end === -1) throw new SqlRefused('unterminated');
    if (this.#until < this.#text.length || this.#text.slice(this.#at, end + 1).includes('/*'))
      throw new SqlRefused('ambiguous');
    this.#until = end;
  }

  #endOfQuote(quote: string): number {
    const { escapesInSingle, escapesInDouble } = this.#reading;
    const escapes = quote === "'" ? escapesInSingle : quote === '"' && escapesInDouble;
    for (let at = this.#at + 1; at < this.#until; at++) {
      const sign = this.#text[at];
      if (sign === '\\') {
        if (escapes) at += 1;
        // Older clients take the second for escaped, servers do not.
        else if (quote === '`' && this.#text[at + 1] === '`') throw new SqlRefused('ambiguous');
      } else if (sign === quote) {
        if (this.#text[at + 1] !== quote) return at + 1;
        at += 1;
      }
    }
    throw new SqlRefused('unterminated');
  }

  #passes(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #beginsLine(word: number): boolean {
    let at = word - 1;
    while (this.#text[at] === ' ' || this.#text[at] === '\t' || this.#text[at] === '\r') at -= 1;
    return at < 0 || this.#text[at] === '\n';
  }
}
