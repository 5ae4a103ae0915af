import { errorInWords } from '../error-words.ts';
import type { Language } from '../platform/words.ts';
import type { Consistency } from './rules/site-report.ts';
import { backupWords } from './words.ts';

interface Why {
  why: string;
  detail?: string | undefined;
}

/** Why a path is not there. */
export function skipInWords(one: Why, language: Language): string {
  const skip: Record<string, string> = backupWords(language).skip;
  return inBrackets(skip[one.why] ?? one.why, one.detail);
}

/** Why a table, or the whole database, is not there: the house's words where it has them, else what was said at the time. */
export function tableInWords(one: Why, language: Language): string {
  const own: Record<string, string> = backupWords(language).table;
  const said = own[one.why];
  if (said !== undefined) return inBrackets(said, one.detail);
  if (one.detail === undefined) return one.why;
  return errorInWords({ code: one.why, message: one.detail, nextStep: '', details: {} }, language).message;
}

/** Why its tables are not all of one moment. */
export function consistencyInWords(
  database: { why: string; consistency?: Consistency | undefined },
  language: Language,
): string {
  const { consistency, why } = database;
  // The report's own sentence is English and names the host's code; in Dutch it stands behind ours.
  if (language === 'en' || consistency === undefined) return why;
  return inBrackets(backupWords(language).consistency[consistency], why);
}

function inBrackets(words: string, detail: string | undefined): string {
  return detail === undefined || detail === '' ? words : `${words} (${detail})`;
}
