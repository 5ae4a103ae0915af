// How far a site is on its way into care, and what comes next. The facts lie with the site, so the way can be left and gone on
// with from anywhere.

export const intakeSteps = ['plugin', 'pair', 'inventory', 'measure', 'backup'] as const;
export type IntakeStep = (typeof intakeSteps)[number];

/** A run that is behind a step: the newest of its kind since the pairing. */
export interface RunFacts {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
}

export interface IntakeFacts {
  paired: boolean;
  /** What answers at the site; `unknown` = nobody looked just now. */
  plugin: 'ready' | 'paired' | 'absent' | 'unknown';
  inventory: boolean;
  measured: boolean;
  measureRun?: RunFacts | undefined;
  /** A complete snapshot that no check has found wrong. */
  goodBackup: boolean;
  backupRun?: RunFacts | undefined;
}

/** `done`, `working` = under way by itself, `failed` = needs a retry, `now` = waits for a person, `waiting` = its turn comes. */
export type StepState = 'done' | 'working' | 'failed' | 'now' | 'waiting';

export type IntakeReason =
  | 'plugin-not-seen'
  | 'plugin-seen'
  | 'plugin-of-another'
  | 'inventory-failed'
  | 'being-measured'
  | 'measure-failed'
  | 'being-backed-up'
  | 'backup-failed'
  | 'backup-incomplete'
  | 'to-be-started'
  | 'safe';

export interface IntakeVerdict {
  /** What comes next; `safe` = nothing. */
  step: IntakeStep | 'safe';
  reason: IntakeReason;
  steps: { name: IntakeStep; state: StepState }[];
}

export function decideStep(facts: IntakeFacts): IntakeVerdict {
  const states = statesOf(facts);
  const steps = intakeSteps.map((name) => ({ name, state: states[name] }));
  // The backup is what counts: with one, the site is safe, whatever a measurement says.
  if (facts.paired && facts.goodBackup) return { step: 'safe', reason: 'safe', steps };
  const open = steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state !== 'done');
  const step = open?.name ?? 'backup';
  return { step, reason: reasonOf(step, facts), steps };
}

function statesOf(facts: IntakeFacts): Record<IntakeStep, StepState> {
  const { paired, plugin, inventory, measured, measureRun, goodBackup, backupRun } = facts;
  if (!paired) {
    const seen = plugin === 'ready';
    return {
      plugin: seen ? 'done' : 'now',
      pair: seen ? 'now' : 'waiting',
      inventory: 'waiting',
      measure: 'waiting',
      backup: 'waiting',
    };
  }
  const measuring = isLive(measureRun);
  return {
    plugin: 'done',
    pair: 'done',
    inventory: inventory ? 'done' : measuring ? 'working' : goodBackup ? 'done' : 'failed',
    measure: measured ? 'done' : measuring ? 'working' : isOver(measureRun) ? 'failed' : 'waiting',
    backup: goodBackup ? 'done' : isLive(backupRun) ? 'working' : isOver(backupRun) ? 'failed' : 'waiting',
  };
}

function reasonOf(step: IntakeStep, facts: IntakeFacts): IntakeReason {
  if (step === 'plugin' || step === 'pair') {
    if (facts.plugin === 'paired') return 'plugin-of-another';
    return facts.plugin === 'ready' ? 'plugin-seen' : 'plugin-not-seen';
  }
  if (step === 'inventory') return isLive(facts.measureRun) ? 'being-measured' : 'inventory-failed';
  if (step === 'measure') {
    if (isLive(facts.measureRun)) return 'being-measured';
    return isOver(facts.measureRun) ? 'measure-failed' : 'to-be-started';
  }
  if (isLive(facts.backupRun)) return 'being-backed-up';
  if (facts.backupRun?.state === 'done') return 'backup-incomplete';
  return isOver(facts.backupRun) ? 'backup-failed' : 'to-be-started';
}

function isLive(run: RunFacts | undefined): boolean {
  return run?.state === 'queued' || run?.state === 'running';
}

function isOver(run: RunFacts | undefined): boolean {
  return run !== undefined && !isLive(run);
}
