import { InvalidArgumentError, Option, type Command } from 'commander';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildConnectorZip } from '../connector/build-zip.ts';
import { actionInWords } from '../audit/words.ts';
import { alarmInWords, dutyInWords } from '../duties/words.ts';
import { tokenScopes, type TokenScope } from '../platform/http/procedure.ts';
import { bytesInWords } from '../platform/words.ts';
import type { Cli } from './cli.ts';
import { followRun } from './follow-run.ts';

/** `nachtwacht customer …` */
export function registerCustomer(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  const customer = program.command('customer').description(commands.customer);
  customer
    .command('add')
    .description(commands.customerAdd)
    .argument('<name>')
    .option('--email <address>', options.email)
    .action(async (name: string, given: { email?: string }) => {
      const added = await cli.client().customers.add({ name, ...(given.email ? { email: given.email } : {}) });
      cli.answer(added, cli.words.said.customerAdded(added.name));
    });
  customer
    .command('list')
    .description(commands.customerList)
    .action(async () => {
      const all = await cli.client().customers.list();
      const { head, none } = cli.words;
      const rows = all.map((each) => [each.name, each.email ?? '', each.id]);
      cli.table(all, [head.name, head.email, head.id], rows, none);
    });
}

/** `nachtwacht duties`, `nachtwacht alarms` */
export function registerDuties(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  program
    .command('duties')
    .description(commands.duties)
    .argument('[site]')
    .option('--open', options.open)
    .action(async (site: string | undefined, given: { open?: boolean }) => {
      const input = { openOnly: given.open === true, ...(site ? { site } : {}) };
      const duties = await cli.client().duties.list(input);
      const alarms = await cli.client().duties.alarms(site ? { site } : {});
      const { head, dutyState, said } = cli.words;
      const rows = duties.map((duty) => [
        cli.moment(duty.due),
        duty.site ?? duty.subject,
        dutyInWords(duty.kind, cli.language),
        dutyState[duty.overdue ? 'overdue' : duty.state],
      ]);
      cli.table({ duties, alarms }, [head.due, head.site, head.duty, head.state], rows, said.nothingOpen);
      for (const alarm of alarms) cli.remark(`! ${alarm.site ?? alarm.subject}: ${alarmInWords(alarm, cli.language)}`);
    });
  program
    .command('alarms')
    .description(commands.alarms)
    .argument('[site]')
    .option('--all', options.all)
    .action(async (site: string | undefined, given: { all?: boolean }) => {
      const alarms = await cli.client().duties.alarms({ all: given.all === true, ...(site ? { site } : {}) });
      const { head, said } = cli.words;
      const rows = alarms.map((alarm) => [
        cli.moment(alarm.raisedAt),
        alarm.site ?? alarm.subject,
        String(alarm.times),
        alarmInWords(alarm, cli.language),
      ]);
      cli.table(alarms, [head.since, head.site, head.times, head.alarm], rows, said.nothingStands);
    });
}

/** `nachtwacht run …` */
export function registerRun(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  const run = program.command('run').description(commands.run);
  run
    .command('list')
    .description(commands.runList)
    .option('--open', options.open)
    .action(async (given: { open?: boolean }) => {
      const runs = await cli.client().runs.list({ liveOnly: given.open === true });
      const { head, runState, none } = cli.words;
      const rows = runs.map((each) => [
        each.id,
        each.saga,
        each.subject,
        runState[each.state],
        cli.moment(each.startedAt),
      ]);
      cli.table(runs, [head.id, head.work, head.subject, head.state, head.started], rows, none);
    });
  run
    .command('watch')
    .description(commands.runWatch)
    .argument('<run>')
    .action(async (id: string) => {
      const done = await followRun(cli, id);
      cli.answer(done, cli.words.runState[done.state]);
    });
  run
    .command('cancel')
    .description(commands.runCancel)
    .argument('<run>')
    .action(async (id: string) => {
      const { wasLive } = await cli.client().runs.cancel({ run: id });
      cli.answer({ wasLive }, wasLive ? cli.words.said.runStopping : cli.words.said.runOver);
    });
}

interface AuditOptions {
  who?: string;
  what?: string[];
  site?: string;
  text?: string;
  from?: string;
  to?: string;
  house?: boolean;
  limit: number;
}

/** A day or a moment as people write it; a day begins at midnight here. */
function momentOf(text: string): string {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('2026-08-31, 2026-08-31T12:00');
  return at.toISOString();
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('1, 2, 3, …');
  return Number(text);
}

/** `nachtwacht token …`, `nachtwacht audit` */
export function registerToken(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  const token = program.command('token').description(commands.token);
  token
    .command('create')
    .description(commands.tokenCreate)
    .argument('<name>')
    .addOption(new Option('--scope <scope>', options.scope).choices(tokenScopes).default('read'))
    .addOption(new Option('--days <days>', options.days).argParser(wholeNumber).default(365))
    .option('--never-expires', options.forever)
    .action(async (name: string, given: { scope: TokenScope; days: number; neverExpires?: boolean }) => {
      const days = given.neverExpires === true ? null : given.days;
      const made = await cli.client().tokens.create({ name, scope: given.scope, days });
      cli.remark(cli.words.said.tokenSecret);
      cli.answer(made, made.secret);
    });
  token
    .command('list')
    .description(commands.tokenList)
    .action(async () => {
      const tokens = await cli.client().tokens.list();
      const { head, none } = cli.words;
      const rows = tokens
        .filter((each) => each.valid)
        .map((each) => [
          each.name,
          each.scope,
          cli.moment(each.madeAt),
          cli.moment(each.lastUsedAt),
          cli.moment(each.expiresAt),
          each.id,
        ]);
      cli.table(tokens, [head.name, head.scope, head.made, head.used, head.expires, head.id], rows, none);
    });
  token
    .command('revoke')
    .description(commands.tokenRevoke)
    .argument('<token>')
    .action(async (reference: string) => {
      const gone = await cli.client().tokens.revoke({ token: reference });
      cli.answer(gone, gone.map((each) => cli.words.said.tokenRevoked(each.name)).join('\n'));
    });
  program
    .command('audit')
    .description(commands.audit)
    .option('--who <text>', options.auditWho)
    .option('--what <action...>', options.auditWhat)
    .option('--site <site>', options.auditSite)
    .option('--text <words>', options.auditText)
    .addOption(new Option('--from <moment>', options.auditFrom).argParser(momentOf))
    .addOption(new Option('--to <moment>', options.auditTo).argParser(momentOf))
    .option('--house', options.auditHouse)
    .addOption(new Option('--limit <lines>', options.limitRows).argParser(wholeNumber).default(100))
    .action(async (given: AuditOptions) => {
      const { house, ...search } = given;
      const entries = await cli.client().audit.list({ ...search, ...(house === true ? {} : { kind: 'others' }) });
      const { head, none } = cli.words;
      const rows = entries.map((each) => [
        cli.moment(each.at),
        each.actor,
        actionInWords(each.action, cli.language),
        each.site?.url ?? each.subject,
      ]);
      cli.table(entries, [head.when, head.who, head.what, head.subject], rows, none);
    });
}

/** `nachtwacht connector build` needs no platform that runs. */
export function registerConnector(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  program
    .command('connector')
    .description(commands.connector)
    .command('build')
    .description(commands.connectorBuild)
    .option('--out <file>', options.out, 'nachtwacht-connector.zip')
    .action(async (given: { out: string }) => {
      const zip = await buildConnectorZip();
      const file = path.resolve(given.out);
      writeFileSync(file, zip);
      cli.answer({ file, bytes: zip.length }, cli.words.said.zipWritten(file, bytesInWords(zip.length, cli.language)));
    });
}
