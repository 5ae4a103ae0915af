import { consistencyInWords, skipInWords, tableInWords } from '../backups/report-words.ts';
import { numberInWords, type Language } from '../platform/words.ts';
import { backupCommandWords } from './backup-words.ts';
import type { Report } from './read-report.ts';

/** What a backup says of itself, for a person: all that it lacks and why. */
export function reportText(report: Report, language: Language): string {
  const words = backupCommandWords(language);
  const { files, database, skipped, changedWhileRead } = report;
  const lines = [words.reportOf(files.files, database.tables ?? 0, database.rows ?? 0)];
  if (!report.complete) lines.unshift(words.incomplete);
  if (!database.held) lines.push(words.noDatabase(tableInWords(database, language)));
  else if (database.consistent === false) lines.push(words.notConsistent(consistencyInWords(database, language)));
  if (database.skipped.length > 0)
    lines.push(words.skippedTables, ...database.skipped.map((one) => `  ${one.name}  ${tableInWords(one, language)}`));
  const beyond = countsBeyond(report);
  if (skipped.length > 0 || beyond.length > 0) lines.push(words.skipped);
  for (const one of skipped) lines.push(`  ${one.root}:${one.path || '/'}  ${skipInWords(one, language)}`);
  for (const [why, count] of beyond)
    lines.push(`  ${words.notListed(numberInWords(count, language))}  ${skipInWords({ why }, language)}`);
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
