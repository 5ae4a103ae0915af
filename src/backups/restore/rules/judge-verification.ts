/** One path that the restore touched, as the site reports it afterwards. */
export interface TouchedPath {
  root: string;
  path: string;
  wanted: 'absent' | { sha256: string; size: number };
  found: 'absent' | 'unreadable' | { sha256: string; size: number; mtime: number; ctime: number };
}

export interface Verdict {
  ok: boolean;
  /** Differs although nobody wrote to it after the swap: the restore did not do its work. */
  wrong: { root: string; path: string; why: 'missing' | 'still-there' | 'unreadable' | 'other-bytes' }[];
  /** Differs because the running site wrote to it after the swap: a log, a cache. Told, not a failure. */
  changedSince: { root: string; path: string }[];
  checked: number;
}

/** `swappedAt`: Unix seconds by the SITE's clock when the swap began; a later mtime is the site's own work. */
export function judgeVerification(touched: Iterable<TouchedPath>, swappedAt: number): Verdict {
  const verdict: Verdict = { ok: true, wrong: [], changedSince: [], checked: 0 };
  for (const { root, path, wanted, found } of touched) {
    verdict.checked += 1;
    if (wanted === 'absent') {
      if (found === 'absent') continue;
      // Caches and logs come back by themselves as soon as the site serves a page.
      if (typeof found === 'object' && found.ctime >= swappedAt) verdict.changedSince.push({ root, path });
      else verdict.wrong.push({ root, path, why: 'still-there' });
    } else if (found === 'absent') verdict.wrong.push({ root, path, why: 'missing' });
    else if (found === 'unreadable') verdict.wrong.push({ root, path, why: 'unreadable' });
    else if (found.sha256 === wanted.sha256 && found.size === wanted.size) continue;
    else if (found.mtime >= swappedAt) verdict.changedSince.push({ root, path });
    else verdict.wrong.push({ root, path, why: 'other-bytes' });
  }
  verdict.ok = verdict.wrong.length === 0;
  return verdict;
}
