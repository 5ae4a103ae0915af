import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Preview } from '../backups/restore/contract.ts';
import { fillWords, restoreWords } from '../backups/restore/words.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { bytesInWords, durationInWords } from '../platform/words.ts';
import { platformUnreachable, type Cli } from './cli.ts';
import { followRun } from './follow-run.ts';

interface RestoreOptions {
  files?: string;
  tables?: string;
  toFolder?: string;
  download?: string;
  dryRun?: boolean;
  yes?: boolean;
  wait: boolean;
}

const Looked = z.looseObject({
  snapshotId: z.string(),
  complete: z.boolean(),
  gaps: z.array(z.looseObject({ code: z.string() })),
});
const Done = z.looseObject({
  files: z.number(),
  tables: z.number(),
  seconds: z.number(),
  order: z.string(),
  changedSince: z.array(z.string()),
  notMade: z.array(z.string()),
});
const Written = z.looseObject({ files: z.number(), bytes: z.number(), folder: z.string() });
const Tried = z.looseObject({ snapshot: z.string(), files: z.number(), rows: z.number(), tables: z.number() });

/** `nachtwacht diff`, `restore`, `restore undo`, `restore list`, `trial-restore`. */
export function registerRestore(program: Command, cli: Cli): void {
  const words = restoreWords(cli.language);
  const { noWait } = cli.words.options;

  program
    .command('diff')
    .description(words.commands.diff)
    .argument('<site>')
    .argument('<from>')
    .argument('[to]', '', 'latest')
    .action(async (site: string, from: string, to: string) => {
      const found = await cli.client().restores.diff({ site, from, to });
      cli.answer(found, found.lines[cli.language].join('\n'));
    });

  const restore = program
    .command('restore')
    .description(words.commands.restore)
    .argument('<site>')
    .argument('[snapshot]', '', 'latest-good')
    .option('--files <paths>', words.options.files)
    .option('--tables <names>', words.options.tables)
    .option('--to-folder <folder>', words.options.toFolder)
    .option('--download <file>', words.options.download)
    .option('--dry-run', words.options.dryRun)
    .option('--yes', words.options.yes)
    .option('--no-wait', noWait)
    .action((site: string, snapshot: string, given: RestoreOptions) => {
      if (given.download !== undefined) return download(cli, site, snapshot, given, given.download);
      if (given.toFolder !== undefined) return toFolder(cli, site, snapshot, given, given.toFolder);
      return ontoSite(cli, site, snapshot, given);
    });

  restore
    .command('undo')
    .description(words.commands.undo)
    .argument('<site>')
    .argument('[restore]', '', 'latest')
    .option('--no-wait', noWait)
    .action(async (site: string, which: string, given: { wait: boolean }) => {
      const started = await cli.client().restores.undo({ site, restore: which });
      return endOfRestore(cli, site, started, given.wait);
    });

  restore
    .command('list')
    .description(words.commands.list)
    .argument('<site>')
    .action((site: string) => showRestores(cli, site));

  program
    .command('trial-restore')
    .description(words.commands.trial)
    .argument('<site>')
    .argument('[snapshot]', '', 'latest-good')
    .option('--no-wait', noWait)
    .action(async (site: string, snapshot: string, given: { wait: boolean }) => {
      const started = await cli.client().restores.trial({ site, snapshot });
      if (!given.wait) return cli.answer(started, say(cli, words.started, { run: started.runId }));
      const tried = Tried.parse((await followRun(cli, started.runId)).result);
      cli.answer(tried, say(cli, words.trialGood, { ...tried, snapshot: tried.snapshot.slice(0, 8) }));
    });
}

/** Looks at the site as it is now, shows what would change, asks, and restores. */
async function ontoSite(cli: Cli, site: string, snapshot: string, given: RestoreOptions): Promise<void> {
  const words = restoreWords(cli.language);
  const asked = given.yes !== true && given.dryRun !== true;
  if (asked && (cli.isJson || !process.stdin.isTTY)) {
    const [message, nextStep] = words.needsYes;
    throw new NachtwachtError({ code: 'confirmation-needed', kind: 'bad-input', message, nextStep, retryable: false });
  }
  const chosen = chosenOf(given);
  if (asked || given.dryRun === true) {
    const preview = await previewOf(cli, site, snapshot, chosen);
    if (given.dryRun === true) return cli.answer(preview, planText(cli, preview));
    cli.remark(planText(cli, preview));
    if (preview.plan.order.why === 'equal') return;
    if (!(await isSure(cli, site))) return cli.answer({ restored: false }, words.cancelled);
    return endOfRestore(
      cli,
      site,
      await cli.client().restores.start({ site, snapshot: preview.snapshot, ...chosen }),
      given.wait,
    );
  }
  const started = await cli.client().restores.start({ site, snapshot, ...chosen });
  return endOfRestore(cli, site, started, given.wait);
}

async function previewOf(
  cli: Cli,
  site: string,
  snapshot: string,
  chosen: { files?: string[]; tables?: string[] },
): Promise<Preview> {
  const words = restoreWords(cli.language);
  cli.remark(words.looking);
  const { runId } = await cli.client().restores.look({ site });
  const looked = Looked.parse((await followRun(cli, runId)).result);
  if (!looked.complete) {
    cli.remark(say(cli, words.presentPartial, { what: looked.gaps.map((gap) => gap.code).join(', ') }));
  }
  return cli.client().restores.preview({ site, snapshot, present: looked.snapshotId, ...chosen });
}

function planText(cli: Cli, preview: Preview): string {
  const words = restoreWords(cli.language);
  const head = say(cli, words.toMoment, { time: cli.moment(preview.takenAt), snapshot: preview.snapshot.slice(0, 8) });
  return [head, ...preview.lines[cli.language].map((line) => `  ${line}`), words.undoable].join('\n');
}

async function isSure(cli: Cli, site: string): Promise<boolean> {
  const words = restoreWords(cli.language);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(say(cli, words.confirm, { site }));
    return words.yes.includes(answer.trim().toLowerCase());
  } finally {
    terminal.close();
  }
}

async function endOfRestore(cli: Cli, site: string, started: { runId: string }, wait: boolean): Promise<void> {
  const words = restoreWords(cli.language);
  if (!wait) return cli.answer(started, say(cli, words.started, { run: started.runId }));
  const done = Done.parse((await followRun(cli, started.runId)).result);
  const lines = [
    done.order === 'nothing'
      ? words.nothing
      : say(cli, words.done, {
          files: done.files,
          tables: done.tables,
          time: durationInWords(done.seconds * 1000),
        }),
  ];
  const since = done.changedSince.length;
  if (since > 0) lines.push(say(cli, since === 1 ? words.changedSince.one : words.changedSince.more, { count: since }));
  if (done.notMade.length > 0) lines.push(say(cli, words.notMade, { what: done.notMade.join('; ') }));
  lines.push(words.smallJob, say(cli, words.undone, { site }));
  cli.answer(done, lines.join('\n'));
}

async function toFolder(
  cli: Cli,
  site: string,
  snapshot: string,
  given: RestoreOptions,
  folder: string,
): Promise<void> {
  const words = restoreWords(cli.language);
  const asked = { site, snapshot, folder: resolve(folder), ...chosenOf(given) };
  const started = await cli.client().restores.toFolder(asked);
  if (!given.wait) return cli.answer(started, say(cli, words.started, { run: started.runId }));
  const done = Written.parse((await followRun(cli, started.runId)).result);
  cli.answer(done, say(cli, words.toFolder, { ...done, bytes: bytesInWords(done.bytes, cli.language) }));
}

/** Streams the zip into a file beside its name, which it gets when it is whole. */
async function download(cli: Cli, site: string, snapshot: string, given: RestoreOptions, file: string): Promise<void> {
  const { url, token } = cli.access();
  const address = new URL(`${url}/api/restores/download`);
  address.searchParams.set('site', site);
  address.searchParams.set('snapshot', snapshot);
  const { files = [], tables = [] } = chosenOf(given);
  for (const [i, one] of files.entries()) address.searchParams.set(`files[${i}]`, one);
  for (const [i, one] of tables.entries()) address.searchParams.set(`tables[${i}]`, one);
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch((cause: unknown) => {
    throw platformUnreachable(cli, url, cause);
  });
  if (!answer.ok || answer.body === null) throw await refused(answer);
  const target = resolve(file);
  const partial = `${target}.partial`;
  let bytes = 0;
  const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of source) {
      bytes += part.length;
      yield part;
    }
  };
  try {
    await pipeline(Readable.fromWeb(answer.body), counted, createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  const words = restoreWords(cli.language);
  const text = say(cli, words.toZip, { bytes: bytesInWords(bytes, cli.language), file: target });
  cli.answer({ file: target, bytes, snapshot: answer.headers.get('x-nachtwacht-snapshot') }, text);
}

async function refused(answer: Response): Promise<NachtwachtError> {
  const Facts = z.looseObject({
    message: z.string(),
    data: z.looseObject({ code: z.string(), nextStep: z.string() }).optional(),
  });
  const said = Facts.safeParse(await answer.json().catch(() => undefined));
  return new NachtwachtError({
    code: said.data?.data?.code ?? 'download-refused',
    kind: answer.status === 404 ? 'not-found' : answer.status < 500 ? 'not-allowed' : 'internal',
    message: said.data?.message ?? `HTTP ${answer.status}`,
    nextStep: said.data?.data?.nextStep ?? '',
    retryable: false,
  });
}

async function showRestores(cli: Cli, site: string): Promise<void> {
  const found = await cli.client().restores.list({ site });
  const { columns, states, targets, none } = restoreWords(cli.language);
  cli.table(
    found,
    [columns.time, columns.snapshot, columns.target, columns.state, columns.by, 'id'],
    found.map((one) => [
      cli.moment(one.requestedAt),
      one.snapshot.slice(0, 8),
      targets[one.target],
      states[one.state],
      one.requestedBy,
      one.id,
    ]),
    none,
  );
}

function chosenOf(given: RestoreOptions): { files?: string[]; tables?: string[] } {
  const list = (text: string | undefined) =>
    text
      ?.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const [files, tables] = [list(given.files), list(given.tables)];
  return { ...(files === undefined ? {} : { files }), ...(tables === undefined ? {} : { tables }) };
}

function say(cli: Cli, text: string, values: Record<string, string | number>): string {
  return fillWords(text, values, cli.language);
}
