// SQL of a site is one statement of its kind and nothing else: it is loaded by programs that would run a second one,
// with the rights of whoever loads it.

import { SqlRefused, SqlTokens, type QuoteReading, type SqlFault } from './sql-tokens.ts';

export type { SqlFault } from './sql-tokens.ts';

export type SqlKind = 'table' | 'view' | 'trigger' | 'routine' | 'event';

/** Deeper than any routine is written; without a limit a site could exhaust the stack. */
const DEEPEST = 100;

/**
 * What is wrong with the CREATE statement that a site gave; undefined = nothing. `mode`: the sql_mode under which it will
 * be loaded, as the site gave it.
 */
export function faultOfSql(kind: SqlKind, text: string, mode = ''): SqlFault | undefined {
  try {
    for (const reading of readingsUnder(mode)) {
      // As the dump writes it, without spaces around it.
      const tokens = new SqlTokens(text.trim(), reading, kind === 'table');
      if (!tokens.take('CREATE')) return 'other-kind';
      if (kind === 'table') readTable(tokens);
      else readObject(tokens, kind, modesOf(mode).includes('ORACLE'));
    }
    return undefined;
  } catch (error) {
    if (error instanceof SqlRefused) return error.why;
    throw error;
  }
}

function modesOf(mode: string): string[] {
  return mode
    .replaceAll(/[^A-Za-z0-9_,]/g, '')
    .toUpperCase()
    .split(',');
}

/** Under ANSI_QUOTES (these modes bring it along) the servers end "..." elsewhere than MySQL's client: both are tried. */
function readingsUnder(mode: string): QuoteReading[] {
  const modes = modesOf(mode);
  if (modes.includes('NO_BACKSLASH_ESCAPES')) return [{ escapesInSingle: false, escapesInDouble: false }];
  const usual = { escapesInSingle: true, escapesInDouble: true };
  const isAnsi = modes.some((one) =>
    ['ANSI_QUOTES', 'ANSI', 'DB2', 'MAXDB', 'MSSQL', 'ORACLE', 'POSTGRESQL'].includes(one),
  );
  return isAnsi ? [usual, { escapesInSingle: true, escapesInDouble: false }] : [usual];
}

/** As SHOW CREATE TABLE prints it: a name, then a list that begins with a column. */
function readTable(tokens: SqlTokens): void {
  expect(tokens, 'TABLE');
  if (tokens.kind !== 'name') throw new SqlRefused('other-kind');
  tokens.next();
  expectSign(tokens, '(');
  if (tokens.kind !== 'name') throw new SqlRefused('other-kind');
  while (!tokens.isEnd()) {
    if (tokens.isSign(';')) throw new SqlRefused('second-statement');
    // TABLE and VALUES are other ways to say SELECT; partitions have VALUES IN and VALUES LESS THAN.
    if (tokens.is('SELECT', 'TABLE')) throw new SqlRefused('reads-rows');
    const isValues = tokens.take('VALUES');
    if (isValues && !tokens.is('IN', 'LESS')) throw new SqlRefused('reads-rows');
    if (!isValues) tokens.next();
  }
}

/** What may stand between CREATE and the kind. */
const BEFORE_KIND =
  'OR REPLACE ALGORITHM UNDEFINED MERGE TEMPTABLE DEFINER CURRENT_USER CURRENT_ROLE SQL SECURITY INVOKER AGGREGATE'.split(
    ' ',
  );
const KIND_WORDS = { view: ['VIEW'], trigger: ['TRIGGER'], routine: ['PROCEDURE', 'FUNCTION'], event: ['EVENT'] };

function readObject(tokens: SqlTokens, kind: Exclude<SqlKind, 'table'>, isOracle: boolean): void {
  while (!tokens.is(...KIND_WORDS[kind])) {
    const isDefiner = tokens.kind === 'name' || (tokens.kind === 'sign' && '=@()'.includes(tokens.value));
    if (!isDefiner && !tokens.is(...BEFORE_KIND)) throw new SqlRefused('other-kind');
    tokens.next();
  }
  tokens.next();
  if (tokens.take('IF')) {
    expect(tokens, 'NOT');
    expect(tokens, 'EXISTS');
  }
  expectName(tokens);
  if (tokens.isSign('.')) throw new SqlRefused('other-database');
  if (kind === 'view') skipSimple(tokens);
  else {
    // Its routines are written in another language.
    if (isOracle) throw new SqlRefused('ambiguous');
    skipToBody(tokens, kind);
    readStatement(tokens, 0);
  }
  if (tokens.isSign(';')) tokens.next();
  if (!tokens.isEnd()) throw new SqlRefused('second-statement');
}

function skipToBody(tokens: SqlTokens, kind: 'trigger' | 'routine' | 'event'): void {
  if (kind === 'routine') return skipRoutineHead(tokens);
  if (kind === 'event') return skipExpression(tokens, 'DO');
  skipExpression(tokens, 'FOR');
  expect(tokens, 'EACH');
  expect(tokens, 'ROW');
  if (tokens.take('FOLLOWS') || tokens.take('PRECEDES')) expectName(tokens);
}

/** Parts of a type after its first word, and of what a routine is said to be; none of them begins a statement. */
const ROUTINE_WORDS =
  'UNSIGNED SIGNED ZEROFILL PRECISION VARYING VARCHAR BINARY ASCII UNICODE NOT DETERMINISTIC CONTAINS NO READS MODIFIES SQL DATA SECURITY DEFINER INVOKER LANGUAGE AGGREGATE'.split(
    ' ',
  );

function skipRoutineHead(tokens: SqlTokens): void {
  // A function without this is one from a library of the machine (SONAME).
  if (!tokens.isSign('(')) throw new SqlRefused('other-kind');
  skipParentheses(tokens);
  if (tokens.take('RETURNS')) tokens.next();
  for (;;) {
    if (tokens.isSign('(')) skipParentheses(tokens);
    else if (tokens.take('CHARSET') || tokens.take('COLLATE') || tokens.take('COMMENT')) tokens.next();
    else if (tokens.take('CHARACTER')) {
      if (tokens.take('SET')) tokens.next();
    } else if (tokens.is(...ROUTINE_WORDS)) tokens.next();
    else return;
  }
}

const OPENERS = ['BEGIN', 'IF', 'CASE', 'LOOP', 'WHILE', 'REPEAT', 'FOR', 'DECLARE'];
const LABELLED = ['BEGIN', 'LOOP', 'WHILE', 'REPEAT', 'FOR'];
/** Words with which no statement begins. */
const NO_STATEMENT = ['END', 'ELSE', 'ELSEIF', 'WHEN', 'THEN', 'UNTIL'];

/**
 * Reads one statement of a body, up to the semicolon behind it. Only words in the place where a statement begins open and
 * close blocks: elsewhere a site could use them as names, and have us see a block where the server sees none.
 */
function readStatement(tokens: SqlTokens, depth: number): void {
  if (depth > DEEPEST) throw new SqlRefused('ambiguous');
  let label: string | undefined;
  if (!tokens.is(...OPENERS)) {
    if (tokens.isEnd() || tokens.isSign(';') || tokens.is(...NO_STATEMENT)) throw new SqlRefused('ambiguous');
    label = takeLabel(tokens);
    if (label === undefined) return skipSimple(tokens);
    if (!tokens.is(...LABELLED)) throw new SqlRefused('ambiguous');
  }
  const opener = tokens.value;
  tokens.next();
  if (opener === 'DECLARE') return readDeclare(tokens, depth);
  if (opener === 'IF') {
    do {
      skipExpression(tokens, 'THEN');
      readList(tokens, ['ELSEIF', 'ELSE', 'END'], depth);
    } while (tokens.take('ELSEIF'));
  } else if (opener === 'CASE') {
    skipExpression(tokens, 'WHEN');
    do {
      skipExpression(tokens, 'THEN');
      readList(tokens, ['WHEN', 'ELSE', 'END'], depth);
    } while (tokens.take('WHEN'));
  } else if (opener === 'REPEAT') {
    readList(tokens, ['UNTIL'], depth);
    tokens.next();
    skipExpression(tokens, 'END');
  } else {
    if (opener === 'WHILE' || opener === 'FOR') skipExpression(tokens, 'DO');
    if (opener === 'BEGIN' && tokens.take('NOT')) expect(tokens, 'ATOMIC');
    readList(tokens, ['END'], depth);
  }
  if (tokens.take('ELSE')) readList(tokens, ['END'], depth);
  if (opener !== 'REPEAT') expect(tokens, 'END');
  if (opener !== 'BEGIN') expect(tokens, opener);
  if (label !== undefined && isName(tokens) && tokens.value.toUpperCase() === label.toUpperCase()) tokens.next();
}

function readList(tokens: SqlTokens, enders: readonly string[], depth: number): void {
  while (!tokens.is(...enders)) {
    readStatement(tokens, depth + 1);
    expectSign(tokens, ';');
  }
}

/** A handler has a statement of its own behind the conditions for which it is there. */
function readDeclare(tokens: SqlTokens, depth: number): void {
  if (!tokens.is('CONTINUE', 'EXIT', 'UNDO')) return skipSimple(tokens);
  tokens.next();
  expect(tokens, 'HANDLER');
  expect(tokens, 'FOR');
  do {
    if (tokens.take('SQLSTATE')) tokens.take('VALUE');
    else tokens.take('NOT');
    tokens.next();
  } while (takeSign(tokens, ','));
  readStatement(tokens, depth + 1);
}

/** The label before a block; undefined, and perhaps one token further, when the statement has none. */
function takeLabel(tokens: SqlTokens): string | undefined {
  if (!isName(tokens)) return undefined;
  const label = tokens.value;
  tokens.next();
  return takeSign(tokens, ':') ? label : undefined;
}

function skipSimple(tokens: SqlTokens): void {
  while (!tokens.isEnd() && !tokens.isSign(';')) tokens.next();
}

/** Skips all up to this word, and it. Outside parentheses CASE has words of its own that could be taken for it. */
function skipExpression(tokens: SqlTokens, until: string): void {
  while (!tokens.take(until)) {
    if (tokens.isSign('(')) skipParentheses(tokens);
    else if (tokens.isEnd() || tokens.isSign(';') || tokens.isSign(')') || tokens.is('CASE'))
      throw new SqlRefused('ambiguous');
    else tokens.next();
  }
}

function skipParentheses(tokens: SqlTokens): void {
  let open = 0;
  do {
    if (tokens.isEnd() || tokens.isSign(';')) throw new SqlRefused('ambiguous');
    if (tokens.isSign('(')) open += 1;
    if (tokens.isSign(')')) open -= 1;
    tokens.next();
  } while (open > 0);
}

function isName(tokens: SqlTokens): boolean {
  return tokens.kind === 'name' || tokens.kind === 'word';
}

function takeSign(tokens: SqlTokens, sign: string): boolean {
  const found = tokens.isSign(sign);
  if (found) tokens.next();
  return found;
}

function expect(tokens: SqlTokens, word: string): void {
  if (!tokens.take(word)) throw new SqlRefused('other-kind');
}

function expectSign(tokens: SqlTokens, sign: string): void {
  if (!takeSign(tokens, sign)) throw new SqlRefused('other-kind');
}

/** Under ANSI_QUOTES a name may stand in double quotes. */
function expectName(tokens: SqlTokens): void {
  if (!isName(tokens) && tokens.kind !== 'string') throw new SqlRefused('other-kind');
  tokens.next();
}
