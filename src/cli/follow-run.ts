import { systemClock } from '../platform/clock.ts';
import { carriesFacts, NachtwachtError, type ErrorKind } from '../platform/errors.ts';
import { bytesInWords, durationInWords, numberInWords } from '../platform/words.ts';
import type { Run, RunProgress } from '../runs/contract.ts';
import { toNachtwachtError, type Cli } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { addSighting, paceOf, type Sighting } from './rules/pace.ts';
import { printable } from './rules/table.ts';
import { stepInWords } from './step-words.ts';

const patienceMs = 120_000;

/**
 * Follows a run until it is over, with a live line when a person looks. Gives the run when it is done; throws its error
 * when it failed. Ctrl-C leaves the run going and says how to find it again.
 */
export async function followRun(cli: Cli, runId: string): Promise<Run> {
  const line = new LiveLine(cli);
  const onInterrupt = (): void => {
    line.clear();
    cli.remark(cli.words.said.runGoesOn(runId));
    process.exit(exitCodes.interrupted);
  };
  process.once('SIGINT', onInterrupt);
  try {
    const run = await watchToEnd(cli, runId, line);
    line.clear();
    if (run.state === 'done') return run;
    throw errorOf(cli, run);
  } finally {
    line.clear();
    process.off('SIGINT', onInterrupt);
  }
}

/** The stream breaks when the platform is restarted; the run does not. */
async function watchToEnd(cli: Cli, runId: string, line: LiveLine): Promise<Run> {
  let lostAt: number | undefined;
  for (;;) {
    try {
      for await (const run of await cli.client().runs.watch({ run: runId })) {
        lostAt = undefined;
        line.show(run);
        if (run.state !== 'queued' && run.state !== 'running') return run;
      }
    } catch (thrown) {
      const error = toNachtwachtError(thrown);
      if (carriesFacts(error) && error.code !== 'platform-unreachable' && !error.retryable) throw error;
      lostAt ??= systemClock.monotonicMs();
      if (systemClock.monotonicMs() - lostAt > patienceMs) throw error;
      line.text(cli.words.said.connectionLost);
    }
    await systemClock.sleep(500);
  }
}

function errorOf(cli: Cli, run: Run): NachtwachtError {
  const [message, nextStep] = cli.words.errors.cancelled;
  const error = run.state === 'failed' ? run.error : null;
  return new NachtwachtError({
    code: error?.code ?? 'run-cancelled',
    kind: (error?.kind as ErrorKind | undefined) ?? 'conflict',
    message: error?.message ?? message,
    nextStep: error?.nextStep ?? nextStep,
    retryable: false,
    details: { run: run.id },
  });
}

/** One line on the terminal that is written over and over; nothing at all when nobody looks. */
class LiveLine {
  readonly #cli: Cli;
  #sightings: Sighting[] = [];
  #step = '';
  #shown = false;

  constructor(cli: Cli) {
    this.#cli = cli;
  }

  show(run: Run): void {
    const { words } = this.#cli;
    if (run.state === 'queued') return this.text(words.progress.waiting);
    const { progress } = run;
    if (!progress) return;
    if (progress.step !== this.#step) this.#sightings = [];
    this.#step = progress.step;
    const again = run.failures > 0 ? ` (${words.progress.retry(run.failures + 1)})` : '';
    this.text([stepInWords(progress.step, this.#cli.language) + again, ...this.#figures(progress)].join('  '));
  }

  #figures(progress: RunProgress): string[] {
    const { language, words } = this.#cli;
    const count = (done: number, total: number | undefined, unit: string): string =>
      `${numberInWords(done, language)}${total === undefined ? '' : ` / ${numberInWords(total, language)}`} ${unit}`;
    const parts: string[] = [];
    const { filesDone, filesTotal, bytesDone, bytesTotal, rowsDone, rowsTotal, detail } = progress;
    if (filesDone !== undefined) parts.push(count(filesDone, filesTotal, words.progress.files));
    if (rowsDone !== undefined) parts.push(count(rowsDone, rowsTotal, words.progress.rows));
    if (bytesDone !== undefined) {
      const total = bytesTotal === undefined ? '' : ` / ${bytesInWords(bytesTotal, language)}`;
      parts.push(bytesInWords(bytesDone, language) + total);
    }
    const [done, total] =
      bytesDone === undefined ? [filesDone ?? rowsDone, filesTotal ?? rowsTotal] : [bytesDone, bytesTotal];
    if (done !== undefined) {
      this.#sightings = addSighting(this.#sightings, { atMs: systemClock.monotonicMs(), done });
      const pace = paceOf(this.#sightings, total);
      if (pace && bytesDone !== undefined) parts.push(`${bytesInWords(pace.rate, language)}/s`);
      if (pace?.secondsLeft !== undefined) parts.push(words.progress.left(durationInWords(pace.secondsLeft * 1000)));
    }
    if (detail) parts.push(detail);
    return parts;
  }

  text(text: string): void {
    if (!this.#cli.isLive) return;
    const width = Math.max(20, (process.stderr.columns ?? 80) - 1);
    const shown = Array.from(printable(text).replaceAll('\n', ' ')).slice(0, width).join('');
    process.stderr.write(`\r\u001b[2K${shown}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }
}
