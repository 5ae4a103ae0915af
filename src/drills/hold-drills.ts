import { systemActor } from '../identity/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { nextOfficeHours } from '../oncall/index.ts';
import { carriesFacts } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import { readLocalAccess } from '../platform/local-access.ts';
import type { Platform } from '../platform/platform.ts';
import { drillTimes } from './drill-times.ts';
import { findObstacle } from './obstacle.ts';
import { drillDue } from './rules/due.ts';
import { judgeDrill } from './rules/judge-drill.ts';
import { drillKeyword } from './serve-page.ts';
import { startDrill } from './start-drill.ts';
import {
  endDrill,
  findRunning,
  findUnacknowledged,
  measure,
  putMeasured,
  putSettings,
  putTarget,
  readSettings,
  type DrillRow,
  type DrillSettingsRow,
} from './store.ts';
import { tellResult } from './tell-result.ts';

/** How long after a drill the guard's answer is still written down. */
const answerMs = 3_600_000;

/** Begins the weekly drill when it is due, follows the one that runs, and ends it. */
export const drillsLoop: DueLoop = {
  name: 'drills',
  everyMs: 2000,
  run: async (platform) => {
    const settings = await readSettings(platform.db);
    const obstacle = await findObstacle(platform);
    // Watched only where a drill can be held: a house without a guard or an SMS is told so elsewhere, in red.
    const canBeHeld = obstacle === null || obstacle === 'no-watch' || obstacle === 'page-fails';
    const running = await findRunning(platform.db);
    const address = ownAddress(platform);
    await putTarget(platform.db, {
      url: `${address ?? 'http://127.0.0.1'}/drill/${settings.page_secret}`,
      keyword: drillKeyword,
      enabled: address !== undefined && (canBeHeld || running !== undefined),
    });
    if (running) await followDrill(platform, running);
    else if (settings.enabled && canBeHeld) await holdWhenDue(platform, settings);
    await noteLateAnswer(platform);
  },
};

/** As people reach us; else on this machine, where the watch reaches us too. Undefined = the web runs elsewhere. */
function ownAddress({ config }: Platform): string | undefined {
  return config.publicUrl ?? readLocalAccess(config.dataFolder)?.url;
}

async function holdWhenDue(platform: Platform, settings: DrillSettingsRow): Promise<void> {
  const { timeZone } = await readHouse(platform);
  const due = drillDue(platform.clock.now(), settings, timeZone, settings.held_for);
  if (due.do === 'wait') return;
  if (due.do === 'hold') {
    try {
      await startDrill(platform, systemActor('drills'));
    } catch (error) {
      // No watcher at this moment: within the next two hours it may come.
      if (carriesFacts(error) && error.code === 'drill-impossible') return;
      if (!carriesFacts(error) || error.code !== 'drill-runs-already') throw error;
    }
  } else platform.log.info({ due: due.due, why: due.why }, 'no fire drill');
  await putSettings(platform.db, { held_for: due.due });
}

async function followDrill(platform: Platform, drill: DrillRow): Promise<void> {
  const { db, clock, config } = platform;
  const measured = await measure(db, drill);
  if (measured) await putMeasured(db, drill.id, measured);
  const at = clock.now();
  const ms = (moment: Date | null | undefined): number | null => moment?.getTime() ?? null;
  const verdict = judgeDrill(
    at.getTime(),
    {
      downAt: (drill.down_at ?? drill.started_at).getTime(),
      confirmedAt: ms(measured?.confirmed_at),
      acceptedAt: ms(measured?.accepted_at),
      deliveredAt: ms(measured?.delivered_at),
    },
    drillTimes(config),
  );
  if (verdict.state === 'running') return;
  const { state } = verdict;
  const failure = state === 'failed' ? verdict.failure : null;
  const askFrom = await nextOfficeHours(platform, at);
  await db.transaction().execute(async (trx) => {
    if (!(await endDrill(trx, drill.id, { state, note: failure, at }))) return;
    await putSettings(trx, { down_until: null });
    await tellResult(trx, { drill, failure, at, askFrom });
  });
  platform.log.info({ drill: drill.id, state, failure }, 'fire drill ended');
}

/** The page is well again, and the guard answers only now: that is written down too. */
async function noteLateAnswer(platform: Platform): Promise<void> {
  const { db, clock } = platform;
  const drill = await findUnacknowledged(db, new Date(clock.now().getTime() - answerMs));
  const measured = drill && (await measure(db, drill));
  if (drill && measured?.incident_id === drill.incident_id && measured.acknowledged_at) {
    await putMeasured(db, drill.id, measured);
  }
}
