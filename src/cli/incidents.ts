import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Incident, IncidentView } from '../incidents/contract.ts';
import { entryInWords, incidentInWords, incidentWords } from '../incidents/words.ts';
import { causeInWords, monitoringWords, type AnyCause } from '../monitoring/words.ts';
import { overviewWords } from '../overview/words.ts';
import { secondsInWords } from './rules/clock-time.ts';
import type { Cli } from './cli.ts';
import { incidentsCliWords } from './incidents-words.ts';

interface ListOptions {
  all?: boolean;
  kind?: Incident['kind'];
  site?: string;
  month?: string;
  search?: string;
  limit: number;
}

/** `nachtwacht incidents …` */
export function registerIncidents(program: Command, cli: Cli): void {
  const { about, option } = incidentsCliWords(cli.language);
  const incidents = program.command('incidents').description(about.incidents);
  const kinds = Object.keys(incidentWords('en').kinds);
  incidents
    .command('list')
    .description(about.list)
    .option('--all', option.all)
    .addOption(new Option('--kind <kind>', option.kind).choices(kinds))
    .option('--site <site>', option.site)
    .option('--month <month>', option.month)
    .option('--search <text>', option.search)
    .addOption(new Option('--limit <rows>', option.limit).argParser(limitOf).default(50))
    .action(async ({ all, limit, ...filter }: ListOptions) => {
      const found = await cli.client().incidents.list({ ...filter, ...(all ? {} : { open: true }), pageSize: limit });
      const words = incidentsCliWords(cli.language);
      const { number, state, what, since, out, sms, who } = words.head;
      const rows = found.rows.map((row) => rowOf(cli, row));
      cli.table(found, [number, state, what, since, out, sms, who], rows, words.none);
      if (found.total > found.rows.length) cli.remark(words.more(found.total - found.rows.length));
    });
  incidents
    .command('show')
    .description(about.show)
    .argument('<incident>')
    .action(async (incident: string) => {
      const found = await cli.client().incidents.show({ incident });
      cli.answer(found, viewText(cli, found));
    });
  incidents
    .command('ack')
    .description(about.ack)
    .argument('<incident>')
    .action(async (incident: string) => {
      const { taken, by, at } = await cli.client().incidents.acknowledge({ incident });
      const words = incidentsCliWords(cli.language);
      cli.answer({ taken, by, at }, taken ? words.youHaveIt(incident) : words.taken(by.name, cli.moment(at)));
    });
  incidents
    .command('note')
    .description(about.note)
    .argument('<incident>')
    .argument('<text...>')
    .action(async (incident: string, text: string[]) => {
      const done = await cli.client().incidents.update({ incident, text: text.join(' ') });
      cli.answer(done, incidentsCliWords(cli.language).noted(incident));
    });
  incidents
    .command('cause')
    .description(about.cause)
    .argument('<incident>')
    .argument('[text...]')
    .action(async (incident: string, text: string[]) => {
      const done = await cli
        .client()
        .incidents.causeNote({ incident, text: text.length === 0 ? null : text.join(' ') });
      cli.answer(done, incidentsCliWords(cli.language).noted(incident));
    });
  incidents
    .command('done')
    .description(about.done)
    .argument('<incident>')
    .action(async (incident: string) => {
      const { over } = await cli.client().incidents.resolve({ incident });
      const words = incidentsCliWords(cli.language);
      cli.answer({ over }, over ? words.over(incident) : words.notOver(incident));
    });
  incidents
    .command('availability')
    .description(about.availability)
    .argument('<site>')
    .option('--month <month>', option.ofMonth)
    .action(async (site: string, { month }: { month?: string }) => {
      const found = await cli.client().incidents.availability({ site, ...(month === undefined ? {} : { month }) });
      const words = incidentsCliWords(cli.language);
      const lines = [
        found.share === null
          ? words.unknownShare(found.month)
          : words.share(shareInWords(cli, found.share), found.month),
        ...found.outages.map((one) => {
          const why = one.inMaintenance ? words.work : causeText(cli, one.cause, null);
          return `${cli.moment(one.from)}  ${words.minutes(one.minutes)}  ${why}  #${one.incident}`;
        }),
      ];
      cli.answer(found, lines.join('\n'));
    });
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError('1-200');
}

function rowOf(cli: Cli, row: Incident): string[] {
  const words = incidentsCliWords(cli.language);
  const state = row.resolvedAt !== null ? 'over' : row.acknowledged ? 'taken' : 'open';
  return [
    String(row.number),
    words.states[state],
    titleOf(cli, row),
    cli.moment(row.firstFailureAt),
    row.outMinutes === null ? '' : words.minutes(row.outMinutes),
    row.smsAfterSeconds === null ? '' : words.seconds(row.smsAfterSeconds),
    row.acknowledged?.by.name ?? '',
  ];
}

function titleOf(cli: Cli, row: Incident): string {
  return incidentInWords(row, cli.language, causeText(cli, row.cause, row.detail));
}

/** A cause in a few words: one of the watch, or the promise of a duty; '' for what a reader would not know. */
function causeText(cli: Cli, cause: unknown, detail: unknown): string {
  if (typeof cause !== 'string') return '';
  if (Object.hasOwn(monitoringWords('en').causes, cause)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is a key of the catalogue of causes
    return causeInWords(cause as AnyCause, typeof detail === 'string' ? detail : '', cli.language);
  }
  return overviewWords(cli.language).duties[cause] ?? '';
}

function viewText(cli: Cli, view: IncidentView): string {
  const words = incidentsCliWords(cli.language);
  const { acknowledged, known, fixedAt } = view;
  return [
    `${view.number}: ${titleOf(cli, view)}`,
    words.since(cli.moment(view.firstFailureAt), fixedAt === null ? null : cli.moment(fixedAt)),
    acknowledged ? words.taken(acknowledged.by.name, cli.moment(acknowledged.at)) : words.nobody,
    ...(view.causeNote === null ? [] : [words.cause(view.causeNote)]),
    ...(known === null ? [] : knownText(cli, known)),
    '',
    ...view.timeline.map((entry) => {
      const cause = causeText(cli, entry.facts['cause'], entry.facts['detail']);
      return `${secondsInWords(entry.at, view.timeZone)}  ${entryInWords(entry, cli.language, cause)}`;
    }),
  ].join('\n');
}

function knownText(cli: Cli, known: NonNullable<IncidentView['known']>): string[] {
  const words = incidentsCliWords(cli.language);
  const { contact, phone, email } = known.customer;
  const { sites, failing } = known.sameAddress;
  return [
    words.customer(known.customer.name, [contact, phone, email].filter(Boolean).join(', ')),
    ...(known.lastBackupAt === null ? [] : [words.lastBackup(cli.moment(known.lastBackupAt))]),
    ...(sites === 0 ? [] : [words.sameAddress(sites, failing.length)]),
  ];
}

/** Cut, never rounded up: 100 % is only where nothing was out. */
function shareInWords(cli: Cli, share: number): string {
  const digits = { maximumFractionDigits: 3 };
  return `${new Intl.NumberFormat(cli.language, digits).format(Math.floor(share * 100_000) / 1000)} %`;
}
