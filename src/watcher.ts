// The process that watches: started by `serve` with the role watch, ended with it. It puts checks, incidents, duty and
// channels together; none of them knows of it.
import { openSender } from './channels/index.ts';
import { oneSegment } from './channels/sms/rules/segment.ts';
import { openProviders } from './messages/index.ts';
import { createChecker } from './monitoring/check/index.ts';
import type { WatcherOrders } from './monitoring/supervise-watcher.ts';
import type { DirectRules } from './monitoring/watcher/alarm-directly.ts';
import type { EmergencyKit } from './monitoring/watcher/emergency-kit.ts';
import { runWatcher } from './monitoring/watcher/run-watcher.ts';
import { tellIncidents } from './monitoring/watcher/tell-incidents.ts';
import { causeInWords } from './monitoring/words.ts';
import { escalate } from './oncall/rules/escalate.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/database/index.ts';
import { readHouse } from './platform/house/index.ts';
import { createLog } from './platform/log.ts';
import { openSecretsOf, readMasterKey } from './platform/master-key.ts';
import type { Secrets } from './platform/secrets.ts';
import { openElsewhere } from './probes/index.ts';

const directRules: DirectRules = {
  next: (now, given, policy) => {
    const action = escalate(now, { ...given, canCall: false }, policy);
    if (action.do !== 'send') return undefined;
    const { guard, step, provider } = action;
    return { guard, step, provider };
  },
  text: ({ url, cause, detail, since, others, code, language, timeZone }) => {
    const host = new URL(url).host;
    const what = causeInWords(cause, detail, language);
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(since));
    const more = others === 0 ? '' : language === 'nl' ? ` en ${others} andere` : ` and ${others} others`;
    return language === 'nl'
      ? oneSegment({
          before: 'STORING',
          shorten: `${host}${more} ${what}`,
          after: `sinds ${time}. ${code}A=ik pak het ${code}D=klaar`,
        })
      : oneSegment({
          before: 'OUTAGE',
          shorten: `${host}${more} ${what}`,
          after: `since ${time}. ${code}A=I take it ${code}D=done`,
        });
  },
  openSender: ({ kind, config, secrets }) => openSender(kind, config, secrets),
};

function kitReader(config: Config): (db: Db) => Promise<EmergencyKit> {
  let secrets: Secrets | undefined;
  return async (db) => {
    secrets ??= await openSecretsOf(db, config);
    const [{ timeZone }, providers] = await Promise.all([
      readHouse({ db, config }),
      openProviders({ db, config, secrets }, 'sms'),
    ]);
    return {
      madeAt: systemClock.now().toISOString(),
      timeZone,
      guards: [],
      spans: [],
      policy: { receiptMs: 60_000, callMs: 180_000, nextMs: 300_000, rounds: 3 },
      providers: providers.map(({ id, kind, config: settings, secrets: own }) => ({
        id,
        kind,
        config: settings,
        secrets: own,
      })),
      usedCodes: {},
    };
  };
}

async function run({ config, databaseUrl }: WatcherOrders, gone: Promise<void>): Promise<void> {
  const { timeScale } = config;
  const log = createLog(config.logLevel);
  const watcher = await runWatcher({
    dataFolder: config.dataFolder,
    databaseUrl,
    masterKey: readMasterKey(config),
    timeScale,
    clock: systemClock,
    log,
    checker: createChecker({
      clock: systemClock,
      allowPrivate: config.allowPrivateAddresses,
      dnsCacheMs: 30_000 / timeScale,
      // Networks do not get faster in a test.
      dnsPatienceMs: Math.max(1000, 4000 / timeScale),
    }),
    openElsewhere: (db) => openElsewhere({ databaseUrl, db, clock: systemClock, timeScale }),
    incidents: tellIncidents,
    directRules,
    fetchKit: kitReader(config),
  });
  await gone;
  await watcher.stop();
}

// Signals to the whole group (Ctrl-C, systemd) reach us too: the parent decides when we end, by going.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
const gone = new Promise<void>((resolve) => process.once('disconnect', resolve));
process.once('message', (orders) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only our own parent holds the other end
  run(orders as WatcherOrders, gone).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`the watcher: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(70);
    },
  );
});
