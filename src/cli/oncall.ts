import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Guard, RotaView } from '../oncall/contract.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Cli } from './cli.ts';
import { oncallCliWords } from './oncall-words.ts';
import { readMoment } from './rules/local-moment.ts';

interface GuardOptions {
  name?: string;
  phone?: string;
  email?: string;
  push?: string;
  /** Commander: `--no-call` makes it false. */
  call: boolean;
  language?: 'nl' | 'en';
}

interface RotaOptions {
  every?: 'day' | 'week';
  handover?: string;
  first?: string;
  turns?: string[];
  timeZone?: string;
}

/** `nachtwacht oncall …` */
export function registerOncall(program: Command, cli: Cli): void {
  const { about, option } = oncallCliWords(cli.language);
  const oncall = program.command('oncall').description(about.oncall);
  oncall
    .command('now')
    .description(about.now)
    .action(() => tellNow(cli));
  registerGuards(oncall, cli);
  registerRotas(oncall, cli);
  oncall
    .command('override')
    .description(about.override)
    .argument('<rota>')
    .argument('<guard>')
    .requiredOption('--from <moment>', option.from)
    .requiredOption('--to <moment>', option.to)
    .option('--note <text>', option.note)
    .action(async (rota: string, guard: string, given: { from: string; to: string; note?: string }) => {
      const client = cli.client();
      const [rotas, guards] = await Promise.all([client.oncall.rotas({}), client.oncall.guards({})]);
      const made = await client.oncall.addOverride({
        rota: idOf(rotas, rota),
        guard: idOf(guards, guard),
        from: momentOf(given.from, rotas),
        to: momentOf(given.to, rotas),
        ...(given.note === undefined ? {} : { note: given.note }),
      });
      const says = oncallCliWords(cli.language).takesOver;
      cli.answer(made, says(made.guard.name, made.rota.name, cli.moment(made.from), cli.moment(made.to)));
    });
  oncall
    .command('override-remove')
    .description(about.removeOverride)
    .argument('<id>')
    .action(async (override: string) => {
      const done = await cli.client().oncall.removeOverride({ override });
      cli.answer(done, oncallCliWords(cli.language).removed(override));
    });
  oncall
    .command('plan')
    .description(about.plan)
    .addOption(new Option('--weeks <weeks>', option.weeks).default(4).argParser(wholeNumber))
    .action(async ({ weeks }: { weeks: number }) => {
      const plan = await cli.client().oncall.plan({ weeks });
      const { head, nobody, why, none } = oncallCliWords(cli.language);
      const rows = plan.rotas.flatMap(({ rota, spans }) =>
        spans.map((span) => [
          rota.name,
          cli.moment(span.from),
          cli.moment(span.to),
          span.guard?.name ?? nobody,
          why[span.why],
        ]),
      );
      cli.table(plan, [head.rota, head.from, head.to, head.guard, head.why], rows, none.rotas);
      // By hand, to be taken back: their ids.
      for (const one of plan.overrides)
        cli.remark(`${one.id}: ${one.guard.name}, ${one.rota.name}, ${cli.moment(one.from)}`);
    });
  oncall
    .command('policy')
    .description(about.policy)
    .action(async () => {
      const policy = await cli.client().oncall.policy({});
      cli.answer(policy, policy.inWords[cli.language].join('\n'));
    });
  oncall
    .command('calendar')
    .description(about.calendar)
    .option('--end', option.end)
    .action(async ({ end }: { end?: boolean }) => {
      const words = oncallCliWords(cli.language);
      if (end === true) return cli.answer(await cli.client().oncall.revokeCalendar({}), words.calendarEnded);
      const made = await cli.client().oncall.makeCalendar({});
      return cli.answer(made, words.calendar(made.url));
    });
}

async function tellNow(cli: Cli): Promise<void> {
  const now = await cli.client().oncall.now({});
  const words = oncallCliWords(cli.language);
  const [first, ...others] = now.order;
  const lines = [
    first === undefined
      ? words.nobodyNow
      : words.now(first.guard.name, first.rota.name, first.until === null ? '-' : cli.moment(first.until)),
    ...(others.length === 0 ? [] : [words.after(others.map((one) => one.guard.name).join(', '))]),
    ...(now.next === null ? [] : [words.next(now.next.guard.name, cli.moment(now.next.from))]),
    ...now.holes.map((hole) => words.hole(cli.moment(hole.from), cli.moment(hole.to))),
    ...now.withoutPhone.map((guard) => words.withoutPhone(guard.name)),
    words.sms(now.smsPaths, now.calls),
  ];
  cli.answer(now, lines.join('\n'));
}

function registerGuards(oncall: Command, cli: Cli): void {
  const { about, option } = oncallCliWords(cli.language);
  oncall
    .command('guards')
    .description(about.guards)
    .action(async () => {
      const guards = await cli.client().oncall.guards({});
      const { head, yes, no, none } = oncallCliWords(cli.language);
      const rows = guards.map((one) => [
        one.name,
        one.phone ?? '-',
        one.canBeCalled ? yes : no,
        String(one.rotas),
        one.account?.email ?? '',
        one.id,
      ]);
      cli.table(guards, [head.name, head.phone, head.call, head.rotas, '', head.id], rows, none.guards);
    });
  const withOptions = (command: Command): Command =>
    command
      .option('--phone <number>', option.phone)
      .option('--email <address>', option.email)
      .option('--push <address>', option.push)
      .option('--no-call', option.noCall)
      .addOption(new Option('--language <language>', option.language).choices(['nl', 'en']));
  withOptions(oncall.command('guard-add').description(about.addGuard).argument('<name>')).action(
    async (name: string, given: GuardOptions) => saveGuard(cli, undefined, { ...given, name }),
  );
  withOptions(oncall.command('guard-change').description(about.changeGuard).argument('<guard>'))
    .option('--name <name>', option.name)
    .action(async (guard: string, given: GuardOptions) => {
      const guards = await cli.client().oncall.guards({});
      await saveGuard(cli, guards.find((one) => one.id === idOf(guards, guard)) ?? { id: guard }, given);
    });
  oncall
    .command('guard-remove')
    .description(about.removeGuard)
    .argument('<guard>')
    .action(async (guard: string) => {
      const id = idOf(await cli.client().oncall.guards({}), guard);
      cli.answer(await cli.client().oncall.removeGuard({ guard: id }), oncallCliWords(cli.language).removed(guard));
    });
  oncall
    .command('test')
    .description(about.test)
    .argument('<guard>')
    .action(async (guard: string) => {
      const id = idOf(await cli.client().oncall.guards({}), guard);
      cli.answer(await cli.client().oncall.testMessage({ guard: id }), oncallCliWords(cli.language).tested(guard));
    });
}

async function saveGuard(cli: Cli, before: Partial<Guard> | undefined, given: GuardOptions): Promise<void> {
  const chosen = (text: string | undefined, was: string | null | undefined): string | null =>
    text === undefined ? (was ?? null) : text === 'none' ? null : text;
  const saved = await cli.client().oncall.saveGuard({
    ...(before?.id === undefined ? {} : { id: before.id }),
    name: given.name ?? before?.name ?? '',
    phone: chosen(given.phone, before?.phone),
    email: chosen(given.email, before?.email),
    pushUrl: chosen(given.push, before?.pushUrl),
    canBeCalled: given.call && (before?.canBeCalled ?? true),
    language: given.language ?? before?.language ?? cli.language,
    userId: before?.account?.userId ?? null,
  });
  cli.answer(saved, oncallCliWords(cli.language).saved(saved.name));
}

function registerRotas(oncall: Command, cli: Cli): void {
  const { about, option } = oncallCliWords(cli.language);
  oncall
    .command('rotas')
    .description(about.rotas)
    .action(async () => {
      const rotas = await cli.client().oncall.rotas({});
      const { head, every, nobody, none } = oncallCliWords(cli.language);
      const rows = rotas.map((one) => [
        one.name,
        every[one.every](one.handover, one.firstTurn),
        one.turns.map((turn) => turn?.name ?? nobody).join(', '),
        one.id,
      ]);
      cli.table(rotas, [head.name, head.handover, head.turns, head.id], rows, none.rotas);
    });
  oncall
    .command('rota')
    .description(about.setRota)
    .argument('<name>')
    .addOption(new Option('--every <turn>', option.every).choices(['day', 'week']))
    .option('--handover <time>', option.handover)
    .option('--first <day>', option.first)
    .option('--turns <guards>', option.turns, (text) => text.split(',').map((one) => one.trim()))
    .option('--time-zone <zone>', option.timeZone)
    .action(async (name: string, given: RotaOptions) => {
      const client = cli.client();
      const [rotas, guards, now] = await Promise.all([
        client.oncall.rotas({}),
        client.oncall.guards({}),
        client.oncall.now({}),
      ]);
      const before = rotas.find((one) => one.id === name || isSame(one.name, name));
      const saved = await client.oncall.saveRota({
        ...(before === undefined ? {} : { id: before.id }),
        name: before?.name ?? name,
        every: given.every ?? before?.every ?? 'week',
        handover: given.handover ?? before?.handover ?? '09:00',
        firstTurn: given.first ?? before?.firstTurn ?? now.at.slice(0, 10),
        timeZone: given.timeZone ?? before?.timeZone ?? now.timeZone,
        turns:
          given.turns?.map((turn) => (turn === '-' ? null : idOf(guards, turn))) ??
          before?.turns.map((turn) => turn?.id ?? null) ??
          [],
      });
      cli.answer(saved, oncallCliWords(cli.language).saved(saved.name));
    });
  oncall
    .command('rota-remove')
    .description(about.removeRota)
    .argument('<rota>')
    .action(async (rota: string) => {
      const id = idOf(await cli.client().oncall.rotas({}), rota);
      cli.answer(await cli.client().oncall.removeRota({ rota: id }), oncallCliWords(cli.language).removed(rota));
    });
}

/** By id or name; what is neither goes on as it is, and the house says that it is not there. */
function idOf(all: readonly { id: string; name: string }[], reference: string): string {
  return all.find((one) => one.id === reference || isSame(one.name, reference))?.id ?? reference;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** On the wall's clock of the first rota. */
function momentOf(text: string, rotas: readonly RotaView[]): string {
  const moment = readMoment(text, rotas[0]?.timeZone ?? 'UTC');
  if (moment !== undefined) return moment;
  throw new NachtwachtError({
    code: 'moment-wrong',
    kind: 'bad-input',
    message: `"${text.slice(0, 60)}" is no moment.`,
    nextStep: 'Give one such as "2026-12-01 18:00".',
    retryable: false,
  });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('1 - 26');
  return value;
}
