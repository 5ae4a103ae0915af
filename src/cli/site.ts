import { Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import readline from 'node:readline/promises';
import { NachtwachtError } from '../platform/errors.ts';
import { bytesInWords, numberInWords } from '../platform/words.ts';
import type { Site } from '../sites/contract.ts';
import { sizeInWords } from '../sites/words.ts';
import type { Cli } from './cli.ts';
import { followRun } from './follow-run.ts';

/** `nachtwacht site …` */
export function registerSite(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  const site = program.command('site').description(commands.site);
  const planOption = (): Option => new Option('--plan <plan>', options.plan).choices(['daily', 'hourly']);

  site
    .command('add')
    .description(commands.siteAdd)
    .argument('<url>')
    .requiredOption('--customer <name>', options.customer)
    .addOption(planOption())
    .option('--limit-gb <gb>', options.limit, Number)
    .option('--allow-http', options.allowHttp)
    .action(
      async (
        url: string,
        given: { customer: string; plan?: 'daily' | 'hourly'; limitGb?: number; allowHttp?: boolean },
      ) => {
        const added = await cli.client().sites.add({
          url,
          customer: given.customer,
          allowHttp: given.allowHttp === true,
          ...(given.plan ? { plan: given.plan } : {}),
          ...limitOf(given.limitGb),
        });
        cli.answer(added, cli.words.said.siteAdded(added.url));
        cli.remark(cli.words.said.pairNext(hostOf(added)));
      },
    );

  site
    .command('list')
    .description(commands.siteList)
    .option('--customer <name>', options.customer)
    .option('--removed', options.removedToo)
    .action(async (given: { customer?: string; removed?: boolean }) => {
      const sites = await cli.client().sites.list({
        removedToo: given.removed === true,
        ...(given.customer ? { customer: given.customer } : {}),
      });
      const { head, plan, notPaired, notMeasured, said } = cli.words;
      cli.table(
        sites,
        [head.site, head.customer, head.plan, head.paired, head.size],
        sites.map((each) => [
          each.url,
          each.customer.name,
          plan[each.plan],
          each.pairedAt ? cli.moment(each.pairedAt) : notPaired,
          each.size ? sizeInWords(each.size, cli.language) : notMeasured,
        ]),
        said.noSites,
      );
    });

  site
    .command('show')
    .description(commands.siteShow)
    .argument('<site>')
    .action(async (reference: string) => {
      const found = await cli.client().sites.show({ site: reference });
      cli.answer(found, siteText(cli, found, found.inventory));
    });

  site
    .command('change')
    .description(commands.siteChange)
    .argument('<site>')
    .addOption(planOption())
    .option('--limit-gb <gb>', options.limit, Number)
    .action(async (reference: string, given: { plan?: 'daily' | 'hourly'; limitGb?: number }) => {
      const change = { ...(given.plan ? { plan: given.plan } : {}), ...limitOf(given.limitGb) };
      const changed = await cli.client().sites.change({ site: reference, ...change });
      cli.answer(changed, cli.words.said.siteChanged(changed.url));
    });

  site
    .command('pair')
    .description(commands.sitePair)
    .argument('<site>')
    .option('--code <code>', options.code)
    .option('--basic-auth-file <file>', options.basicAuthFile)
    .action(async (reference: string, given: { code?: string; basicAuthFile?: string }) => {
      const code = await codeOf(cli, given.code);
      const basicAuth = given.basicAuthFile ? readBasicAuth(cli, given.basicAuthFile) : undefined;
      const paired = await cli.client().sites.pair({ site: reference, code, ...(basicAuth ? { basicAuth } : {}) });
      cli.answer(paired, cli.words.said.sitePaired(paired.url, paired.wordpressVersion ?? '?'));
    });

  site
    .command('unpair')
    .description(commands.siteUnpair)
    .argument('<site>')
    .option('--force', options.force)
    .action(async (reference: string, given: { force?: boolean }) => {
      const done = await cli.client().sites.unpair({ site: reference, force: given.force === true });
      cli.answer(done, cli.words.said.siteUnpaired(reference));
      if (!done.siteForgot) cli.remark(cli.words.said.siteKeepsKey);
    });

  site
    .command('remove')
    .description(commands.siteRemove)
    .argument('<site>')
    .action(async (reference: string) => {
      const removed = await cli.client().sites.remove({ site: reference });
      cli.answer(removed, cli.words.said.siteRemoved(removed.url));
    });

  site
    .command('measure')
    .description(commands.siteMeasure)
    .argument('<site>')
    .option('--no-wait', options.noWait)
    .action(async (reference: string, given: { wait: boolean }) => {
      const started = await cli.client().sites.measure({ site: reference });
      if (!given.wait) return cli.answer(started, cli.words.said.runStarted(started.runId));
      await followRun(cli, started.runId);
      const found = await cli.client().sites.show({ site: reference });
      cli.answer(found, siteText(cli, found, []));
    });

  site
    .command('check')
    .description(commands.siteCheck)
    .argument('<site>')
    .option('--take-over', options.takeOver)
    .action(async (reference: string, given: { takeOver?: boolean }) => {
      const status = await cli.client().sites.check({ site: reference, takeOver: given.takeOver === true });
      cli.answer(status, cli.words.said.siteWell(reference, status.plugin, status.php));
    });
}

function limitOf(gigabytes: number | undefined): { limitBytes?: number } {
  return gigabytes === undefined ? {} : { limitBytes: Math.round(gigabytes * 1_000_000_000) };
}

function hostOf(site: { url: string }): string {
  return site.url.replace(/^https?:\/\//, '');
}

/** The code by option, from the input (`-`), or asked for when a person sits there. */
async function codeOf(cli: Cli, given: string | undefined): Promise<string> {
  if (given !== undefined && given !== '-') return given;
  if (given === '-') return readFileSync(0, 'utf8').trim();
  if (process.stdin.isTTY) {
    const asker = readline.createInterface({ input: process.stdin, output: process.stderr });
    const answer = await asker.question(cli.words.said.askCode);
    asker.close();
    if (answer.trim() !== '') return answer.trim();
  }
  const [message, nextStep] = cli.words.errors.noCode;
  throw new NachtwachtError({ code: 'no-code', kind: 'bad-input', message, nextStep, retryable: false });
}

function readBasicAuth(cli: Cli, file: string): { user: string; password: string } {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    const colon = text.indexOf(':');
    if (colon > 0) return { user: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    // Said below.
  }
  const [message, nextStep] = cli.words.errors.fileUnreadable(file);
  throw new NachtwachtError({ code: 'file-unreadable', kind: 'bad-input', message, nextStep, retryable: false });
}

function siteText(cli: Cli, site: Site, inventory: Record<string, unknown>[]): string {
  const { fields, plan, yes, no, notPaired, notMeasured } = cli.words;
  const lines: [string, string][] = [
    [fields.site, `${site.url} (${site.id})`],
    [fields.customer, site.customer.name],
    [fields.plan, plan[site.plan]],
    [fields.paired, site.pairedAt ? cli.moment(site.pairedAt) : notPaired],
  ];
  if (site.removedAt) lines.push([fields.removed, cli.moment(site.removedAt)]);
  if (site.lastContactAt) lines.push([fields.lastContact, cli.moment(site.lastContactAt)]);
  if (site.wordpressVersion) lines.push([fields.wordpress, site.wordpressVersion]);
  if (site.multisite !== null) lines.push([fields.multisite, site.multisite ? yes : no]);
  lines.push([fields.size, site.size ? sizeInWords(site.size, cli.language) : notMeasured]);
  if (site.size) {
    const { files, filesBytes, tables, databaseBytes } = site.size;
    lines.push([fields.files, `${numberInWords(files, cli.language)}, ${bytesInWords(filesBytes, cli.language)}`]);
    lines.push([fields.database, `${tables}, ${bytesInWords(databaseBytes, cli.language)}`]);
  }
  for (const [kind, field] of [
    ['php', fields.php],
    ['database', fields.server],
  ] as const) {
    const record = inventory.find((each) => each['kind'] === kind);
    if (record && typeof record['version'] === 'string') lines.push([field, record['version']]);
  }
  for (const [kind, field] of [
    ['plugin', fields.plugins],
    ['theme', fields.themes],
  ] as const) {
    const names = inventory
      .filter((each) => each['kind'] === kind)
      .map((each) => [each['name'] ?? each['slug'] ?? each['file'], each['version']].filter(Boolean).join(' '));
    if (names.length > 0) lines.push([field, names.join(', ')]);
  }
  const width = Math.max(...lines.map(([field]) => field.length));
  return lines.map(([field, value]) => `${field.padEnd(width)}  ${value}`).join('\n');
}
