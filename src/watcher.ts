// The process that watches: started by `serve` with the role watch, ended with it. It puts checks, incidents, duty and
// channels together; none of them knows of it.
import { openSender } from './channels/index.ts';
import { openProviders } from './messages/index.ts';
import { createChecker } from './monitoring/check/index.ts';
import type { WatcherOrders } from './monitoring/supervise-watcher.ts';
import type { DirectRules } from './monitoring/watcher/alarm-directly.ts';
import type { EmergencyKit } from './monitoring/watcher/emergency-kit.ts';
import { runWatcher } from './monitoring/watcher/run-watcher.ts';
import { tellIncidents } from './monitoring/watcher/tell-incidents.ts';
import { alarmSms } from './oncall/alarm-text.ts';
import { dutyKit, escalate, keepCode } from './oncall/index.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/database/index.ts';
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
    const { host } = new URL(url);
    const hosts = [others === 0 ? host : `${host} +${others}`];
    return alarmSms({ kind: 'outage', hosts, cause, detail, since: new Date(since), timeZone, language }, { code });
  },
  openSender: ({ kind, config, secrets }) => openSender(kind, config, secrets),
};

const kitHours = 48;

function kitReader(config: Config): (db: Db) => Promise<EmergencyKit> {
  let secrets: Secrets | undefined;
  return async (db) => {
    secrets ??= await openSecretsOf(db, config);
    const [kit, providers] = await Promise.all([
      dutyKit({ db, config }, systemClock.now(), kitHours),
      openProviders({ db, config, secrets }, 'sms'),
    ]);
    // As always: a path whose daily test fails is asked last.
    const inOrder = providers.toSorted(
      (a, b) => Number(a.canaryState === 'failing') - Number(b.canaryState === 'failing') || a.position - b.position,
    );
    return {
      ...kit,
      providers: inOrder.map(({ id, kind, config: settings, secrets: own }) => ({
        id,
        kind,
        config: settings,
        secrets: own,
      })),
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
      ...(config.dnsServers && { dnsServers: config.dnsServers }),
      dnsCacheMs: 30_000 / timeScale,
      // Networks do not get faster in a test.
      dnsPatienceMs: Math.max(1000, 4000 / timeScale),
    }),
    openElsewhere: (db) => openElsewhere({ databaseUrl, db, clock: systemClock, timeScale }),
    incidents: tellIncidents(keepCode),
    directRules,
    fetchKit: kitReader(config),
  });
  await gone;
  await watcher.stop();
}

// Signals to the whole group (Ctrl-C, systemd) reach us too: the parent decides when we end, by going.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
// It may have gone while this program was still being read.
const gone = process.connected
  ? new Promise<void>((resolve) => process.once('disconnect', resolve))
  : Promise.resolve();
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
