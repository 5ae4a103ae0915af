import { z } from 'zod';
import type { Consistency, SkippedTable } from '../backups/rules/site-report.ts';
import { backupWords } from '../backups/words.ts';
import { errorInWords } from '../error-words.ts';
import { numberInWords, type Language } from '../platform/words.ts';
import { backupCommandWords } from './backup-words.ts';

const consistencies = ['one-snapshot', 'not-asked', 'not-allowed', 'ended-early'] as const satisfies Consistency[];

/** A report as a snapshot holds it: read leniently, for an older version of Nachtwacht may have written it. */
export const Report = z.looseObject({
  complete: z.boolean(),
  files: z.looseObject({ files: z.number() }),
  database: z.looseObject({
    held: z.boolean(),
    consistent: z.boolean().optional(),
    consistency: z.enum(consistencies).optional().catch(undefined),
    why: z.string().default(''),
    detail: z.string().optional(),
    tables: z.number().optional(),
    rows: z.number().optional(),
    skipped: z.array(z.looseObject({ name: z.string(), why: z.string(), detail: z.string().optional() })).default([]),
  }),
  skipped: z.array(
    z.looseObject({ root: z.string(), path: z.string(), why: z.string(), detail: z.string().optional() }),
  ),
  skippedCounts: z.partialRecord(z.string(), z.number()).default({}),
  changedWhileRead: z.array(z.looseObject({ root: z.string(), path: z.string() })),
});
export type Report = z.infer<typeof Report>;

/** What a backup says of itself, for a person: all that it lacks and why. */
export function reportText(report: Report, language: Language): string {
  const words = backupCommandWords(language);
  const { files, database, skipped, changedWhileRead } = report;
  const lines = [words.reportOf(files.files, database.tables ?? 0, database.rows ?? 0)];
  if (!report.complete) lines.unshift(words.incomplete);
  if (!database.held) lines.push(words.noDatabase(reasonOf(database, language)));
  else if (database.consistent === false) lines.push(words.notConsistent(momentOf(database, language)));
  if (database.skipped.length > 0)
    lines.push(words.skippedTables, ...database.skipped.map((one) => `  ${one.name}  ${reasonOf(one, language)}`));
  const beyond = countsBeyond(report);
  if (skipped.length > 0 || beyond.length > 0) lines.push(words.skipped);
  for (const one of skipped) lines.push(`  ${one.root}:${one.path || '/'}  ${skipReason(one, language)}`);
  for (const [why, count] of beyond)
    lines.push(`  ${words.notListed(numberInWords(count, language))}  ${skipReason({ why }, language)}`);
  if (skipped.length + beyond.length + database.skipped.length === 0 && database.held) lines.push(words.nothingSkipped);
  if (changedWhileRead.length > 0)
    lines.push(words.changedWhileRead, ...changedWhileRead.map((one) => `  ${one.root}:${one.path}`));
  return lines.join('\n');
}

/** How many paths were left out for each reason beyond those that the list names. */
function countsBeyond({ skipped, skippedCounts }: Report): [why: string, count: number][] {
  return Object.entries(skippedCounts)
    .map(([why, count = 0]): [string, number] => [why, count - skipped.filter((one) => one.why === why).length])
    .filter(([, count]) => count > 0);
}

function skipReason(one: { why: string; detail?: string | undefined }, language: Language): string {
  const skip: Record<string, string> = backupWords(language).skip;
  return inBrackets(skip[one.why] ?? one.why, one.detail);
}

/** Why a table, or the whole database, is not there: the house's words where it has them, else what was said at the time. */
function reasonOf(one: Pick<SkippedTable, 'why'> & { detail?: string | undefined }, language: Language): string {
  const own: Record<string, string> = backupCommandWords(language).table;
  const said = own[one.why];
  if (said !== undefined) return inBrackets(said, one.detail);
  if (one.detail === undefined) return one.why;
  return errorInWords({ code: one.why, message: one.detail, nextStep: '', details: {} }, language).message;
}

function momentOf(database: Report['database'], language: Language): string {
  const { consistency, why } = database;
  // The report's own sentence is English and names the host's code; in Dutch it stands behind ours.
  if (language === 'en' || consistency === undefined) return why;
  return inBrackets(backupCommandWords(language).consistency[consistency], why);
}

function inBrackets(words: string, detail: string | undefined): string {
  return detail === undefined || detail === '' ? words : `${words} (${detail})`;
}
