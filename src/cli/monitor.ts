import { Option, type Command } from 'commander';
import type { WatchedSite, Watchers, WatchRow } from '../monitoring/contract.ts';
import { causeInWords, monitoringWords, watchReasonInWords } from '../monitoring/words.ts';
import type { Cli } from './cli.ts';
import { monitorCliWords } from './monitor-words.ts';

const phases = ['out', 'doubted', 'back', 'well'] as const;

interface SetOptions {
  interval?: string;
  keyword?: string;
  status?: string;
  hosts?: string;
  on?: boolean;
  off?: boolean;
  learnAnew?: boolean;
}

/** `nachtwacht monitor …` (`watch` is the program's own: it starts a process with that role). */
export function registerMonitor(program: Command, cli: Cli): void {
  const words = monitorCliWords(cli.language);
  const { about, option } = words;
  const monitor = program.command('monitor').description(about.monitor);
  monitor
    .command('list')
    .description(about.list)
    .option('--search <text>', option.search)
    .addOption(new Option('--phase <phase>', option.phase).choices(phases))
    .action(async (given: { search?: string; phase?: (typeof phases)[number] }) => {
      const rows: WatchRow[] = [];
      for (let page = 1; ; page++) {
        const part = await cli.client().monitoring.sites({ ...given, page, pageSize: 200 });
        rows.push(...part.rows);
        if (part.rows.length === 0 || rows.length >= part.total) break;
      }
      const { head } = words;
      const titles = [
        head.site,
        head.state,
        head.response,
        head.checked,
        head.certificate,
        head.availability,
        head.why,
      ];
      cli.table(
        rows,
        titles,
        rows.map((row) => rowOf(cli, row)),
        words.none,
      );
    });
  monitor
    .command('show')
    .description(about.show)
    .argument('<site>')
    .action(async (site: string) => {
      const found = await cli.client().monitoring.site({ site });
      cli.answer(found, siteText(cli, found));
    });
  monitor
    .command('set')
    .description(about.set)
    .argument('<site>')
    .option('--interval <seconds>', option.interval)
    .option('--keyword <text>', option.keyword)
    .option('--status <status>', option.status)
    .option('--hosts <hosts>', option.hosts)
    .option('--on', option.on)
    .option('--off', option.off)
    .option('--learn-anew', option.learnAnew)
    .action(async (site: string, given: SetOptions) => {
      const changed = await cli.client().monitoring.change({ site, ...changeOf(given) });
      cli.answer(changed, words.changed(changed.site.url));
    });
  monitor
    .command('check')
    .description(about.check)
    .argument('<site>')
    .action(async (site: string) => {
      cli.answer(await cli.client().monitoring.checkNow({ site }), words.asked(site));
    });
  monitor
    .command('watchers')
    .description(about.watchers)
    .action(async () => {
      const found = await cli.client().monitoring.watchers();
      cli.table(
        found,
        words.watcherHead,
        found.watchers.map((one) => watcherRow(cli, one)),
        words.noWatchers,
      );
      if (found.unwatched > 0) cli.remark(words.unwatched(found.unwatched));
    });
  monitor
    .command('references')
    .description(about.references)
    .argument('[hosts...]')
    .action(async (hosts: string[]) => {
      const { referenceHosts } = await cli.client().monitoring.setReferences({ hosts });
      cli.answer({ referenceHosts }, words.references(referenceHosts.join(', ')));
    });
}

function changeOf(given: SetOptions) {
  const orNull = (text: string): string | null => (text === 'none' ? null : text);
  return {
    ...(given.interval === undefined ? {} : { intervalMs: Number(given.interval) * 1000 }),
    ...(given.keyword === undefined ? {} : { keyword: orNull(given.keyword) }),
    ...(given.status === undefined ? {} : { expectedStatus: given.status === 'none' ? null : Number(given.status) }),
    ...(given.hosts === undefined ? {} : { extraHosts: given.hosts === 'none' ? [] : given.hosts.split(',') }),
    ...(given.on ? { enabled: true } : given.off ? { enabled: false } : {}),
    ...(given.learnAnew ? { learnAnew: true } : {}),
  };
}

function rowOf(cli: Cli, row: WatchRow): string[] {
  const words = monitorCliWords(cli.language);
  return [
    row.site.url,
    stateOf(cli, row),
    row.responseMs === null ? '' : `${row.responseMs} ms`,
    cli.moment(row.lastCheckAt),
    row.certificateDays === null ? '' : words.days(row.certificateDays),
    row.availability30 === null ? '' : shareInWords(row.availability30, cli),
    row.phase === 'well' && row.verdict === 'up' ? '' : watchReasonInWords(row.reason, row.detail, cli.language),
  ];
}

function stateOf(cli: Cli, row: WatchRow): string {
  const words = monitorCliWords(cli.language);
  const { phases: ofPhase, verdicts } = monitoringWords(cli.language);
  if (!row.enabled) return words.notWatched;
  const state = row.phase === 'well' && row.verdict === 'unknown' ? verdicts.unknown : ofPhase[row.phase];
  return row.inMaintenance ? `${state} (${words.inMaintenance})` : state;
}

/** Three nines are worth seeing. */
function shareInWords(share: number, cli: Cli): string {
  const digits = { maximumFractionDigits: 3 };
  return `${new Intl.NumberFormat(cli.language, digits).format(Math.floor(share * 100_000) / 1000)} %`;
}

function siteText(cli: Cli, site: WatchedSite): string {
  const words = monitorCliWords(cli.language);
  const { learnt } = site;
  const lines = [
    `${site.site.url}: ${stateOf(cli, site)}`,
    watchReasonInWords(site.reason, site.detail, cli.language),
    learnt.since === null
      ? words.learning(learnt.from, learnt.needs)
      : words.learnt(learnt.keyword, learnt.hosts.join(', ')),
    ...site.lastChecks.slice(0, 10).map((check) => {
      const says =
        check.cause === null
          ? String(check.status ?? '')
          : causeInWords(check.cause, String(check.status ?? ''), cli.language);
      return `${cli.moment(check.at)}  ${monitoringWords(cli.language).verdicts[check.verdict]}  ${says}  ${check.totalMs ?? '-'} ms`;
    }),
  ];
  return lines.join('\n');
}

function watcherRow(cli: Cli, one: Watchers['watchers'][number]): string[] {
  const words = monitorCliWords(cli.language);
  const state = !one.alive
    ? words.silent
    : one.blindSince === null
      ? words.alive
      : words.blind(causeInWords(one.blindCause ?? 'overload', '', cli.language));
  const { process: name, targets, checksAMinute, latenessMs, spooled } = one;
  return [name, String(targets), String(checksAMinute), `${latenessMs} ms`, String(spooled), state];
}
