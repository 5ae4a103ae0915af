import { findIncident, openIncident, resolveIncident } from '../incidents/index.ts';
import { nextOfficeHours } from '../oncall/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import type { Platform } from '../platform/platform.ts';
import { judgeSilence, type HeardProbe, type SilentVerdict } from './rules/silent.ts';
import { windowMs } from './rules/signed-request.ts';
import { timesOf, type ProbeTimes } from './rules/times.ts';
import { canAlarm, factsOfProbe } from './shown-probe.ts';
import { deleteNonces, listProbes, listSilentSubjects, type ProbeRow } from './store.ts';
import { tellGuard } from './tell-guard.ts';

/** Since when this process looks without a gap: what nobody could hear meanwhile counts against no second location. */
interface Looking {
  since: number;
  lastAt: number;
}
const looking = new WeakMap<Platform['connection'], Looking>();

/** Tells when a second location is silent, and when it is back. Nonces that no request can use again are thrown away. */
export const silentProbesLoop: DueLoop = {
  name: 'silent-probes',
  everyMs: 5000,
  run: async (platform) => {
    const { db, clock, config } = platform;
    const now = clock.now().getTime();
    const times = timesOf(config.timeScale);
    const since = lookedSince(platform, now, times);
    const probes = (await listProbes(db)).filter((probe) => probe.public_key !== null);
    const heard = probes.flatMap((probe) =>
      probe.last_seen_at ? [{ probe, heard: heardOf(probe, probe.last_seen_at, since) }] : [],
    );
    const standing = new Set(await listSilentSubjects(db));
    for (const one of heard) {
      const others = heard.filter((other) => other !== one && now - other.heard.lastSeenAt < times.silentMs).length;
      const verdict = judgeSilence(now, one.heard, others, times);
      if (verdict.state === 'silent') await tell(platform, one.probe, verdict, new Date(now));
      else if (standing.has(subjectOf(one.probe)))
        await end(platform, subjectOf(one.probe), 'heard-again', new Date(now));
    }
    for (const one of probes) standing.delete(subjectOf(one));
    for (const subject of standing) await end(platform, subject, 'removed', new Date(now));
    await deleteNonces(db, new Date(now - 2 * windowMs));
  },
};

function lookedSince({ connection }: Platform, now: number, times: ProbeTimes): number {
  const known = looking.get(connection);
  // Another watcher may have had the turn in between; half a silence without a look is a gap, and so is a clock set back.
  const isGap = known === undefined || now < known.lastAt || now - known.lastAt > times.silentMs / 2;
  const next = { since: isGap ? now : known.since, lastAt: now };
  looking.set(connection, next);
  return next.since;
}

function heardOf(probe: ProbeRow, lastSeenAt: Date, since: number): HeardProbe {
  return { lastSeenAt: Math.max(lastSeenAt.getTime(), since), canAlarm: canAlarm(factsOfProbe(probe), lastSeenAt) };
}

function subjectOf(probe: Pick<ProbeRow, 'id'>): string {
  return `probe:${probe.id}`;
}

/**
 * The incident stands at once; somebody is asked within the agency's hours. Outside them a short message goes to the guard
 * when nothing looks along any more.
 */
async function tell(
  platform: Platform,
  probe: ProbeRow,
  verdict: SilentVerdict & { state: 'silent' },
  at: Date,
): Promise<void> {
  const { why, notice } = verdict;
  const [since, tellFrom] = [new Date(verdict.since), new Date(verdict.tellFrom)];
  const askFrom = await nextOfficeHours(platform, tellFrom);
  const { incidentId } = await platform.db.transaction().execute((trx) =>
    openIncident(trx, {
      id: `probe:${probe.id}:${since.getTime()}`,
      kind: 'probe',
      urgency: 'low',
      subject: subjectOf(probe),
      title: { name: probe.name },
      cause: 'silent',
      reason: { code: 'silent', why, probe: probe.name },
      firstFailureAt: since,
      at,
      quietUntil: askFrom > at ? askFrom : null,
    }),
  );
  if (!notice || at < tellFrom || askFrom <= tellFrom) return;
  const incident = await findIncident(platform.db, incidentId);
  if (incident?.acknowledged_at === null) await tellGuard(platform, { probe, since, incidentId, at });
}

async function end(platform: Platform, subject: string, why: string, at: Date): Promise<void> {
  const done = { subject, at, actor: 'system:probes', why };
  await platform.db.transaction().execute((trx) => resolveIncident(trx, done));
}
