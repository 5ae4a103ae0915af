import { bytesInWords, type Language } from '../../platform/words.ts';
import type { PlanSummary } from './rules/summarize-plan.ts';
import { fillWords, restoreWords } from './words.ts';

/** The plan in sentences, one a line, in the reader's language. */
export function explainPlan(plan: PlanSummary, language: Language): string[] {
  const words = restoreWords(language);
  const fill = (text: string, values: Record<string, string | number>) => fillWords(text, values, language);
  const counted = (text: { one: string; more: string }, count: number) =>
    fill(count === 1 ? text.one : text.more, { count });
  const lines: string[] = [];
  const { files, tables } = plan;
  if (plan.order.why === 'equal') return [words.nothing];
  if (files.scope === 'none') lines.push(words.filesUntouched);
  else if (files.added + files.changed + files.removed + files.modesChanged === 0) lines.push(words.filesEqual);
  else {
    const list = (count: number, names: string[], text: { one: string; more: string }) => {
      if (count === 0) return;
      lines.push(`${counted(text, count)}:`);
      for (const name of names) lines.push(`    ${name}`);
      if (count > names.length) lines.push(`    ${fill(words.andMore, { count: count - names.length })}`);
    };
    list(files.added, files.examples.added, words.filesAdded);
    list(files.changed, files.examples.changed, words.filesChanged);
    list(files.removed, files.examples.removed, words.filesRemoved);
    if (files.modesChanged > 0) lines.push(`${counted(words.modesChanged, files.modesChanged)}.`);
    lines.push(fill(words.bytesTravel, { bytes: bytesInWords(files.bytes, language) }));
  }
  if (tables.scope === 'none') lines.push(words.tablesUntouched);
  else {
    const same = tables.changes.filter((change) => change.action === 'same').length;
    for (const change of tables.changes) {
      if (change.action === 'same') continue;
      const now = change.rowsNow ?? words.rowsUnknown;
      const text = fill(words.table[change.action], {
        name: change.name,
        now,
        wanted: change.rowsThen ?? words.rowsUnknown,
      });
      lines.push(`${text} (${words.tableWhy[change.why]})`);
    }
    if (same > 0) lines.push(`${counted(words.tablesEqual, same)}.`);
  }
  for (const kept of plan.kept) lines.push(`${kept.path}: ${words.kept[kept.why]}`);
  if (plan.keptCount > plan.kept.length) lines.push(fill(words.andMore, { count: plan.keptCount - plan.kept.length }));
  lines.push(words.order[plan.order.why]);
  return lines;
}
