import { bytesInWords, numberInWords, type Language } from '../../src/platform/words.ts';
import type { Run } from '../../src/runs/contract.ts';
import type { SiteWords } from './words.ts';

/** How far the present step of a run is: in words, and from 0 to 1 where that is known. */
export function progressInWords(
  run: Run,
  words: SiteWords['work'],
  language: Language,
): { detail: string; share: number | null } {
  const { progress } = run;
  if (run.state === 'queued') return { detail: words.queued, share: null };
  if (progress === null) return { detail: '', share: null };
  const { filesDone, filesTotal, rowsDone, rowsTotal, bytesDone, bytesTotal } = progress;
  const number = (value: number | undefined) => (value === undefined ? undefined : numberInWords(value, language));
  const isRows = progress.step.startsWith('database') || progress.step.includes('tables');
  const parts = [
    words.detail[progress.step],
    isRows && rowsDone !== undefined && rowsDone > 0
      ? words.rows(
          number(rowsDone) ?? '',
          rowsTotal === undefined || rowsTotal < rowsDone ? undefined : number(rowsTotal),
        )
      : undefined,
    !isRows && filesDone !== undefined && (filesDone > 0 || filesTotal !== undefined)
      ? words.files(
          number(filesDone) ?? '',
          filesTotal === undefined || filesTotal < filesDone ? undefined : number(filesTotal),
        )
      : undefined,
    bytesDone !== undefined && bytesDone > 0 ? bytesInWords(bytesDone, language) : undefined,
    progress.detail,
  ];
  return {
    detail: parts.filter((part) => part !== undefined && part !== '').join(' · '),
    share: shareOf(bytesDone, bytesTotal) ?? shareOf(filesDone, filesTotal) ?? shareOf(rowsDone, rowsTotal),
  };
}

function shareOf(done: number | undefined, total: number | undefined): number | null {
  return done === undefined || total === undefined || total <= 0 ? null : Math.min(1, done / total);
}
