import type { Command } from 'commander';
import { z } from 'zod';
import type { SnapshotView } from '../backups/contract.ts';
import { backupWords } from '../backups/words.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { bytesInWords, durationInWords, numberInWords } from '../platform/words.ts';
import { backupCommandWords } from './backup-words.ts';
import type { Cli } from './cli.ts';
import { followRun } from './follow-run.ts';
import { Report } from './read-report.ts';
import { reportText } from './report-text.ts';

const Made = z.looseObject({
  snapshotId: z.string(),
  complete: z.boolean(),
  figures: z.looseObject({
    files: z.number(),
    rows: z.number(),
    wireUp: z.number(),
    wireDown: z.number(),
    ms: z.looseObject({ total: z.number() }),
  }),
});
const Checked = z.looseObject({
  ok: z.boolean(),
  problems: z.array(z.unknown()),
  packsRead: z.number(),
  bytesRead: z.number(),
});
const Tidied = z.looseObject({
  kept: z.number(),
  forgotten: z.array(z.string()),
  pruned: z.looseObject({ bytesFreed: z.number() }).nullish(),
});

/** `nachtwacht backup`, `snapshots`, `hold`, `release`, `report`, `tidy`, `verify`, `export-key`. */
export function registerBackup(program: Command, cli: Cli): void {
  const words = backupCommandWords(cli.language);
  const { options } = cli.words;

  program
    .command('backup')
    .description(words.backup)
    .argument('<site>')
    .option('--no-wait', options.noWait)
    .action((site: string, given: { wait: boolean }) => backup(cli, site, given.wait));

  program
    .command('snapshots')
    .description(words.snapshots)
    .argument('<site>')
    .option('--all', words.all)
    .action((site: string, given: { all?: boolean }) => snapshots(cli, site, given.all === true));

  program
    .command('report')
    .description(words.report)
    .argument('<site>')
    .argument('<snapshot>')
    .action((site: string, snapshot: string) => report(cli, site, snapshot));

  for (const [name, hold] of [
    ['hold', true],
    ['release', false],
  ] as const)
    program
      .command(name)
      .description(words[name])
      .argument('<site>')
      .argument('<snapshot>')
      .action(async (site: string, snapshot: string) => {
        const done = await cli.client().backups.hold({ site, snapshot, hold });
        cli.answer(done, hold ? words.held(done.id) : words.released(done.id));
      });

  program
    .command('tidy')
    .description(words.tidy)
    .argument('<site>')
    .option('--no-wait', options.noWait)
    .action((site: string, given: { wait: boolean }) => tidy(cli, site, given.wait));

  program
    .command('verify')
    .description(words.verify)
    .argument('<site>')
    .option('--slice <part/of>', words.slice)
    .option('--no-wait', options.noWait)
    .action((site: string, given: { slice?: string; wait: boolean }) => verify(cli, site, given));

  program
    .command('export-key')
    .description(words.exportKey)
    .argument('<site>')
    .action((site: string) => exportKey(cli, site));
}

async function backup(cli: Cli, site: string, wait: boolean): Promise<void> {
  const started = await cli.client().backups.start({ site });
  if (!started.isNew) cli.remark(backupWords(cli.language).joined);
  if (!wait) return cli.answer(started, backupCommandWords(cli.language).started(started.runId));
  const run = await followRun(cli, started.runId);
  const made = Made.parse(run.result);
  const { figures } = made;
  cli.answer(
    made,
    backupWords(cli.language).made({
      id: made.snapshotId,
      files: numberInWords(figures.files, cli.language),
      rows: numberInWords(figures.rows, cli.language),
      moved: bytesInWords(figures.wireUp + figures.wireDown, cli.language),
      took: durationInWords(figures.ms.total),
    }),
  );
  if (!made.complete) cli.remark(backupCommandWords(cli.language).incomplete);
}

async function snapshots(cli: Cli, site: string, all: boolean): Promise<void> {
  const found = await cli.client().backups.snapshots({ site });
  const { columns, reason, none } = backupWords(cli.language);
  cli.table(
    found,
    [
      'id',
      columns.time,
      columns.kind,
      columns.files,
      columns.rows,
      columns.fresh,
      columns.moved,
      columns.seconds,
      columns.state,
      columns.why,
    ],
    found.map((one) => [
      one.id.slice(0, 8),
      cli.moment(one.takenAt),
      reason[one.reason],
      numberInWords(one.files, cli.language),
      numberInWords(one.rows, cli.language),
      bytesInWords(one.newBytes, cli.language),
      bytesInWords(one.movedBytes, cli.language),
      durationInWords(one.seconds * 1000),
      stateOf(cli, one),
      one.why
        .slice(0, all ? undefined : 1)
        .map((why) => why[cli.language])
        .join('; '),
    ]),
    none,
  );
}

function stateOf(cli: Cli, one: SnapshotView): string {
  const { state } = backupWords(cli.language);
  if (one.wrongSince !== null) return state.wrong;
  if (!one.complete) return `${state.incomplete}: ${one.gaps.map((gap) => gap[cli.language]).join('; ')}`;
  return one.consistent ? state.good : state.notConsistent;
}

async function report(cli: Cli, site: string, snapshot: string): Promise<void> {
  const found = await cli.client().backups.report({ site, snapshot });
  cli.answer(found, reportText(Report.parse(found), cli.language));
}

async function tidy(cli: Cli, site: string, wait: boolean): Promise<void> {
  const words = backupCommandWords(cli.language);
  const started = await cli.client().backups.tidy({ site });
  if (!wait) return cli.answer(started, words.started(started.runId));
  const run = await followRun(cli, started.runId);
  const done = Tidied.parse(run.result);
  const freed = bytesInWords(done.pruned?.bytesFreed ?? 0, cli.language);
  cli.answer(done, words.tidied(done.kept, done.forgotten.length, freed));
}

async function verify(cli: Cli, site: string, given: { slice?: string; wait: boolean }): Promise<void> {
  const words = backupCommandWords(cli.language);
  const slice = sliceOf(given.slice);
  const started = await cli.client().backups.verify({ site, ...(slice === undefined ? {} : { slice }) });
  if (!given.wait) return cli.answer(started, words.started(started.runId));
  const run = await followRun(cli, started.runId);
  const found = Checked.parse(run.result);
  if (found.ok) return cli.answer(found, words.verified(found.packsRead, bytesInWords(found.bytesRead, cli.language)));
  throw new NachtwachtError({
    code: 'backup-damaged',
    kind: 'store',
    message: words.damaged(found.problems.length),
    nextStep: 'nachtwacht alarms',
    retryable: false,
    details: { problems: found.problems },
  });
}

function sliceOf(text: string | undefined): { part: number; of: number } | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  return match === null ? undefined : { part: Number(match[1]), of: Number(match[2]) };
}

async function exportKey(cli: Cli, site: string): Promise<void> {
  const key = await cli.client().backups.exportKey({ site });
  const { exported } = backupWords(cli.language);
  cli.answer(
    key,
    [
      exported.intro,
      '',
      exported.password,
      ...key.environment.map(({ name, value }) => `  export ${name}='${value}'`),
      exported.next,
      `  ${key.command}`,
      '',
      exported.careful,
    ].join('\n'),
  );
}
