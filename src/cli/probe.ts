import { Option, type Command } from 'commander';
import { NachtwachtError } from '../platform/errors.ts';
import { probeInWords } from '../probes/words.ts';
import type { Cli } from './cli.ts';
import { probeCliWords } from './probe-words.ts';

interface ProbeGiven {
  join?: string;
  token?: string;
  data?: string;
  testSms?: string;
}

/** `nachtwacht probe` runs the second location itself; its commands speak to the core. */
export function registerProbe(program: Command, cli: Cli): void {
  const own = probeCliWords(cli.language);
  const probe = program
    .command('probe')
    .description(own.probe)
    .option('--join <url>', own.join)
    .option('--token <token>', own.token)
    .option('--data <folder>', own.data)
    .option('--test-sms <number>', own.testSms)
    .action(async (given: ProbeGiven) => {
      if (given.join !== undefined && given.token === undefined) throw joinNeedsToken(cli);
      const { runProbe } = await import('../probe.ts');
      process.exit(await runProbe({ ...given, language: cli.language }));
    });
  probe
    .command('list')
    .description(own.list)
    .action(async () => {
      const { probes } = await cli.client().probes.list();
      const { name, state, sms, version } = probeCliWords(cli.language).head;
      const zone = process.env['TZ'] ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
      const rows = probes.map((one) => [
        one.name,
        probeInWords(one, cli.language, zone),
        one.facts?.sms ?? '-',
        one.version ?? '-',
      ]);
      cli.table(probes, [name, state, sms, version], rows, own.none);
    });
  probe
    .command('invite')
    .description(own.invite)
    .argument('<name>')
    .action(async (name: string) => {
      const invited = await cli.client().probes.invite({ name });
      cli.remark(own.typeThere(cli.moment(invited.expiresAt)));
      cli.answer(invited, invited.command);
    });
  probe
    .command('remove')
    .description(own.remove)
    .argument('<probe>')
    .action(async (reference: string) => {
      const gone = await cli.client().probes.remove({ probe: reference });
      cli.answer(gone, own.removed(gone.name));
    });
}

interface DrillGiven {
  day?: number;
  time?: string;
  guard?: string;
  on?: boolean;
  off?: boolean;
}

export function registerDrill(program: Command, cli: Cli): void {
  const own = probeCliWords(cli.language);
  const drill = program.command('drill').description(own.drill);
  drill
    .command('list')
    .description(own.drillList)
    .action(async () => {
      const shown = await cli.client().drills.list({});
      const { when, state, confirmed, accepted, delivered, taken } = own.drillHead;
      const seconds = (given: number | null): string => (given === null ? '-' : `${given} s`);
      const rows = shown.drills.map((one) => [
        cli.moment(one.startedAt),
        one.failure === null ? own.drillState[one.state] : own.drillFailure[one.failure],
        seconds(one.seconds.confirmed),
        seconds(one.seconds.accepted),
        seconds(one.seconds.delivered),
        seconds(one.seconds.acknowledged),
      ]);
      cli.table(shown, [when, state, confirmed, accepted, delivered, taken], rows, own.noDrills);
    });
  drill
    .command('start')
    .description(own.drillStart)
    .action(async () => {
      const started = await cli.client().drills.start();
      cli.answer(started, own.started);
    });
  drill
    .command('set')
    .description(own.drillSet)
    .addOption(new Option('--day <day>', own.day).argParser(Number))
    .option('--time <time>', own.time)
    .option('--guard <guard>', own.guard)
    .addOption(new Option('--on', own.on).conflicts('off'))
    .option('--off', own.off)
    .action(async (given: DrillGiven) => {
      const { day, time, guard, on, off } = given;
      const settings = await cli.client().drills.settings({
        ...(day === undefined ? {} : { day }),
        ...(time === undefined ? {} : { time }),
        ...(guard === undefined ? {} : { guard: guard === '-' ? null : guard }),
        ...(on === true ? { enabled: true } : off === true ? { enabled: false } : {}),
      });
      // The 1st of January 2024 was a Monday.
      const monday = Date.UTC(2024, 0, 1);
      const weekday = new Intl.DateTimeFormat(cli.language, { weekday: 'long', timeZone: 'UTC' });
      const name = weekday.format(monday + (settings.day - 1) * 86_400_000);
      cli.answer(settings, settings.enabled ? own.when(name, settings.time) : own.isOff);
    });
}

function joinNeedsToken(cli: Cli): NachtwachtError {
  const [message, nextStep] = probeCliWords(cli.language).joinNeedsToken;
  return new NachtwachtError({ code: 'token-needed', kind: 'bad-input', message, nextStep, retryable: false });
}
