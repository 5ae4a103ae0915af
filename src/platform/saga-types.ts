// What a saga's code sees. The runner is in `platform/saga/`.

/** What a person sees of work under way. All figures are so far / in all; undefined = not known yet. */
export interface Progress {
  step: string;
  filesDone?: number;
  filesTotal?: number;
  bytesDone?: number;
  bytesTotal?: number;
  rowsDone?: number;
  rowsTotal?: number;
  /** Free facts, such as the table or file at hand. */
  detail?: string;
}

/**
 * One run of a saga by one worker. Every write through it first checks, in the same statement, that this worker
 * still holds the claim; when it does not, `claim-lost` is thrown and `signal` is aborted.
 */
export interface SagaRun {
  readonly runId: string;
  /** Higher for every take-over of work on the same subject (site); goes with every command to the site. */
  readonly claim: number;
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** Runs `work` unless the journal has the step's result already; then returns that. Results are JSON. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Replaces a named progress point inside a long step (JSON); survives a kill. */
  checkpoint(name: string, value: unknown): Promise<void>;
  /** What the last checkpoint of that name stored, in this or an earlier attempt. */
  lastCheckpoint<T>(name: string): Promise<T | undefined>;
  /** Cheap, throttled, not durable. */
  progress(progress: Progress): void;
}
