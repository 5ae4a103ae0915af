import type { Platform } from '../platform.ts';
import type { SagaRun } from '../saga-types.ts';

/** Long work that must not be lost: named steps with a journal, one run per subject at a time. */
export interface SagaDefinition<Input = unknown, Result = unknown> {
  /** Stable, kebab-case: it is stored with every run. */
  name: string;
  /** What the run is about, e.g. `site:<id>`: there is at most one run, of any saga, per subject. */
  subject: (input: Input) => string;
  run(run: SagaRun, input: Input, platform: Platform): Promise<Result>;
  /** Called when the run is cancelled or failed for good, still holding the claim: put back what is half done. */
  cleanUp?(run: SagaRun, input: Input, platform: Platform, why: 'cancelled' | 'failed'): Promise<void>;
  /** How many times an error that may pass is tried again before the run has failed. Default 8 (about 40 minutes). */
  maxFailures?: number;
}

/** Only for the types: makes TypeScript infer input and result. Input and result must be JSON. */
export function defineSaga<Input, Result>(definition: SagaDefinition<Input, Result>): SagaDefinition<Input, Result> {
  return definition;
}

/** A definition whose input and result types are not known: what lists and the worker hold. */
// oxlint-disable-next-line typescript/no-explicit-any -- input is contravariant; `unknown` would refuse every saga
export type AnySaga = SagaDefinition<any, any>;
