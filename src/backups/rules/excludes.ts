// What a backup leaves out on purpose. Every entry has a reason and ends up in the report: nothing is left out silently.

import type { SkipReason } from './site-report.ts';

export interface Exclude {
  /**
   * Exact names joined by `/`, from the root on; `*` alone as a segment is any one name, and a leading `**` any
   * number of names. No other wildcards: `cache` never matches `cache-control`.
   */
  pattern: string;
  why: Extract<SkipReason, 'excluded-own' | 'excluded-cache' | 'excluded-backup' | 'excluded-by-hand'>;
}

/**
 * The house's list. Patterns beginning with `<content>/` count from the content folder wherever that lies.
 * Caches: folders that their plugins fill again by themselves, as named in the sources of those plugins
 * (W3 Total Cache, WP Super Cache, LiteSpeed, WP Rocket, Autoptimize, WP Fastest Cache, SG Optimizer, Divi).
 * Backups: the folders in which UpdraftPlus, All-in-One WP Migration, BackWPup, WPvivid, Duplicator and
 * BackupBuddy keep their own copies of the site.
 */
export function defaultExcludes(siteId: string): Exclude[] {
  const cache = [
    'cache',
    'et-cache',
    'litespeed',
    'wp-rocket-cache',
    'w3tc-cache',
    'uploads/cache',
    'uploads/siteground-optimizer-assets',
  ];
  const backup = [
    'updraft',
    'ai1wm-backups',
    'wpvividbackups',
    'backups-dup-lite',
    'backups-dup-pro',
    'uploads/backupbuddy_backups',
    'uploads/backwpup',
  ];
  return [
    { pattern: '**/nachtwacht-state', why: 'excluded-own' },
    { pattern: `**/nachtwacht-${siteId}`, why: 'excluded-own' },
    ...cache.map((name): Exclude => ({ pattern: `<content>/${name}`, why: 'excluded-cache' })),
    ...backup.map((name): Exclude => ({ pattern: `<content>/${name}`, why: 'excluded-backup' })),
  ];
}

/** Patterns that a person gave. */
export function byHand(patterns: readonly string[]): Exclude[] {
  return patterns.map((pattern) => ({ pattern, why: 'excluded-by-hand' }));
}

/** Where the content folder lies: a path inside a root ('' = the root itself). Standard: `{root:'root', path:'wp-content'}`. */
export interface ContentPlace {
  root: string;
  path: string;
}

/** The patterns that count for one root, with `<content>` written out. */
export function excludesForRoot(list: readonly Exclude[], root: string, content: ContentPlace): Exclude[] {
  const found: Exclude[] = [];
  for (const one of list) {
    if (!one.pattern.startsWith('<content>/')) found.push(one);
    else if (content.root === root) {
      const rest = one.pattern.slice('<content>/'.length);
      found.push({ ...one, pattern: content.path === '' ? rest : `${content.path}/${rest}` });
    }
  }
  return found;
}

/** Finds the exclude that names a path (exact names joined by `/`); quick, as it is asked for every entry of a site. */
export function excludeFinder(excludes: readonly Exclude[]): (path: string) => Exclude | undefined {
  const byLastName = new Map<string, Exclude[]>();
  for (const one of excludes) {
    const last = one.pattern.slice(one.pattern.lastIndexOf('/') + 1);
    byLastName.set(last, [...(byLastName.get(last) ?? []), one]);
  }
  return (path) => {
    const candidates = [
      ...(byLastName.get(path.slice(path.lastIndexOf('/') + 1)) ?? []),
      ...(byLastName.get('*') ?? []),
    ];
    if (candidates.length === 0) return undefined;
    const names = path.split('/');
    return candidates.find((one) => matches(names, one.pattern.split('/')));
  };
}

function matches(names: readonly string[], pattern: readonly string[]): boolean {
  const deep = pattern[0] === '**';
  const wanted = deep ? pattern.slice(1) : pattern;
  if (deep ? names.length < wanted.length : names.length !== wanted.length) return false;
  const from = names.length - wanted.length;
  return wanted.every((name, i) => name === '*' || name === names[from + i]);
}
