import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { drillTimes } from './drill-times.ts';
import { findObstacle, type Obstacle } from './obstacle.ts';
import { insertDrill, isStillOut, putSettings, type DrillRow } from './store.ts';

/**
 * Takes the drill page down, at once and for real; the rest (the watch sees it, the guard gets his SMS) happens by itself.
 * Errors: `drill-impossible`, `drill-runs-already`.
 */
export async function startDrill(platform: Platform, actor: Actor): Promise<DrillRow> {
  requireScope(actor, 'operate');
  const obstacle = await findObstacle(platform);
  if (obstacle !== null) throw drillImpossible(obstacle);
  const at = platform.clock.now();
  const { longestMs } = drillTimes(platform.config);
  return platform.db.transaction().execute(async (trx) => {
    if (await isStillOut(trx)) throw drillRuns();
    const drill = await insertDrill(trx, { id: newId(), at, by: actor.name });
    if (!drill) throw drillRuns();
    await putSettings(trx, { down_until: new Date(at.getTime() + longestMs) });
    await recordAudit(trx, actor, { action: 'drill-started', subject: `drill:${drill.id}`, at });
    return drill;
  });
}

function drillRuns(): NachtwachtError {
  return new NachtwachtError({
    code: 'drill-runs-already',
    kind: 'conflict',
    message: 'A fire drill is under way.',
    nextStep: 'Wait until it ends and the watch sees the page well again: some minutes.',
    retryable: true,
  });
}

const missing: Record<Obstacle, [message: string, nextStep: string]> = {
  'no-guard': ['There is no rota with a guard who has a phone.', 'Make a rota first, under Duty.'],
  'no-sms': ['There is no provider for SMS.', 'Set one up under Settings > Messages.'],
  'page-fails': [
    'The drill page fails already: Nachtwacht does not reach itself at its own address.',
    'Make the address in NACHTWACHT_URL reachable from the machine that watches.',
  ],
  'no-watch': ['No watcher runs at the moment.', 'Start Nachtwacht with the role watch.'],
};

function drillImpossible(obstacle: Obstacle): NachtwachtError {
  const [message, nextStep] = missing[obstacle];
  return new NachtwachtError({
    code: 'drill-impossible',
    kind: 'conflict',
    message: `A fire drill is not possible: ${message}`,
    nextStep,
    retryable: false,
    details: { obstacle },
  });
}
