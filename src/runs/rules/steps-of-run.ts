export type StepState = 'done' | 'now' | 'later' | 'failed';

export interface RunFacts {
  saga: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Names of the steps that the journal has. */
  journal: ReadonlySet<string>;
  /** Step of the last progress, when it is known. */
  progress: string | undefined;
}

interface Phase {
  name: string;
  /** Progress steps that belong to it. */
  shows: RegExp;
  /** The journal's step that ends it; undefined = only progress tells. */
  ends?: string;
}

// Phases of each saga as a person follows them; the sagas themselves have more steps, and only some of them are long.
const phases: Record<string, readonly Phase[]> = {
  'backup-site': [
    { name: 'connect', shows: /^connect$/u },
    { name: 'database', shows: /^database/u },
    { name: 'files', shows: /^(?:walk|compare|fetch)$/u },
    { name: 'store', shows: /^store$/u, ends: 'store' },
    { name: 'check', shows: /^check$/u, ends: 'record' },
  ],
  'restore-site': [
    { name: 'present', shows: /^(?:connect|database.*|walk|compare|fetch|store|check)$/u, ends: 'present' },
    { name: 'stage-files', shows: /^stage-files$/u, ends: 'files-staged' },
    { name: 'load-tables', shows: /^load-tables$/u, ends: 'tables-loaded' },
    { name: 'swap', shows: /^swap-files$/u, ends: 'swap-files' },
    { name: 'verify', shows: /^(?:verify|revert)$/u, ends: 'finish' },
  ],
  'trial-restore': [
    { name: 'files', shows: /^files$/u },
    { name: 'tables', shows: /^tables$/u, ends: 'trial' },
    { name: 'record', shows: /^record$/u, ends: 'record' },
  ],
  'restore-folder': [
    { name: 'prepare', shows: /^prepare$/u, ends: 'prepare' },
    { name: 'write', shows: /^write$/u, ends: 'write' },
  ],
  'tidy-repository': [
    { name: 'forget', shows: /^forget$/u, ends: 'forget' },
    { name: 'prune', shows: /^prune$/u, ends: 'prune' },
  ],
  'measure-site': [
    { name: 'inventory', shows: /^inventory$/u, ends: 'inventory' },
    { name: 'files', shows: /^files$/u },
  ],
  'verify-slice': [{ name: 'read-back', shows: /^read-back$/u, ends: 'check' }],
};

/**
 * How far a run is, phase by phase. The journal and the progress each say a place; the later of the two counts, for a
 * phase may be skipped (no tables to restore) and progress is not kept over every kill. A saga that is not known has none.
 */
export function stepsOfRun(facts: RunFacts): { name: string; state: StepState }[] {
  const list = phases[facts.saga] ?? [];
  if (facts.state === 'done') return list.map(({ name }) => ({ name, state: 'done' }));
  if (facts.state === 'queued' && facts.journal.size === 0) return list.map(({ name }) => ({ name, state: 'later' }));
  const ended = list.findLastIndex((phase) => phase.ends !== undefined && facts.journal.has(phase.ends));
  const shown = list.findLastIndex((phase) => facts.progress !== undefined && phase.shows.test(facts.progress));
  const at = Math.min(Math.max(ended + 1, shown, 0), list.length - 1);
  const here: StepState = facts.state === 'failed' || facts.state === 'cancelled' ? 'failed' : 'now';
  return list.map(({ name }, i) => ({ name, state: i < at ? 'done' : i === at ? here : 'later' }));
}
