/** P14: a WordPress installation of at most 5 GB in total, as hosts count (1 GB = 10^9 bytes); larger by quote. */
export const defaultLimitBytes = 5_000_000_000;

const nearFrom = 0.8;

export interface SizeVerdict {
  state: 'ok' | 'near' | 'quote-needed';
  totalBytes: number;
  limitBytes: number;
  /** Part of the limit that is used; above 1 = beyond it. */
  share: number;
  /** Which of the three grows the total most: what a person can do something about. */
  mostly: 'files' | 'database';
}

/** Is the installation small enough for the contract? From 80 % it warns; beyond the limit a quote is needed. */
export function judgeSize(size: { filesBytes: number; databaseBytes: number; limitBytes: number }): SizeVerdict {
  const totalBytes = size.filesBytes + size.databaseBytes;
  const share = totalBytes / size.limitBytes;
  return {
    state: share > 1 ? 'quote-needed' : share >= nearFrom ? 'near' : 'ok',
    totalBytes,
    limitBytes: size.limitBytes,
    share,
    mostly: size.databaseBytes > size.filesBytes ? 'database' : 'files',
  };
}
