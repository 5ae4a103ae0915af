import type { SiteReport, SkippedPath, SkipReason } from '../rules/site-report.ts';

/** Longest list in a report; every further skip is still counted. */
const LISTED = 20_000;

/** Gathers what a backup leaves out, with reasons, in bounded memory. */
export class SkipList {
  readonly skipped: SkippedPath[] = [];
  readonly counts: Partial<Record<SkipReason, number>> = {};

  add(root: string, path: string, why: SkipReason, detail?: string): void {
    this.counts[why] = (this.counts[why] ?? 0) + 1;
    if (this.skipped.length < LISTED)
      this.skipped.push({ root, path, why, ...(detail === undefined ? {} : { detail: detail.slice(0, 300) }) });
  }

  toReport(): Pick<SiteReport, 'skipped' | 'skippedCounts'> {
    return { skipped: this.skipped, skippedCounts: this.counts };
  }
}
