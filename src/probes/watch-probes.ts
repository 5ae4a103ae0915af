import { openIncident, resolveIncident } from '../incidents/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import type { Platform } from '../platform/platform.ts';
import { judgeSilence, type HeardProbe } from './rules/silent.ts';
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
    for (const one of heard) {
      const others = heard.filter((other) => other !== one && now - other.heard.lastSeenAt < times.silentMs).length;
      const verdict = judgeSilence(now, one.heard, others, times);
      if (verdict.state === 'seen') await back(platform, one.probe, new Date(now));
      else {
        const { tellFrom, notice, why } = verdict;
        const silent = { probe: one.probe, since: new Date(verdict.since), tellFrom: new Date(tellFrom), why };
        const incidentId = await open(platform, silent, new Date(now));
        if (notice && now >= tellFrom) await tellGuard(platform, { ...silent, incidentId });
      }
    }
    await closeRemoved(platform, probes, new Date(now));
    await deleteNonces(db, new Date(now - 2 * windowMs));
  },
};

function lookedSince({ connection }: Platform, now: number, times: ProbeTimes): number {
  const known = looking.get(connection);
  // Another watcher may have had the turn in between; half a silence without a look is a gap.
  const isGap = known === undefined || now - known.lastAt > times.silentMs / 2;
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

async function open(
  platform: Platform,
  silent: { probe: ProbeRow; since: Date; tellFrom: Date; why: string },
  at: Date,
): Promise<string> {
  const { probe, since, tellFrom, why } = silent;
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
      quietUntil: tellFrom > at ? tellFrom : null,
    }),
  );
  return incidentId;
}

async function back(platform: Platform, probe: ProbeRow, at: Date): Promise<void> {
  const done = { subject: subjectOf(probe), at, actor: 'system:probes', why: 'heard-again' };
  await platform.db.transaction().execute((trx) => resolveIncident(trx, done));
}

async function closeRemoved(platform: Platform, probes: ProbeRow[], at: Date): Promise<void> {
  const there = new Set(probes.map(subjectOf));
  for (const subject of await listSilentSubjects(platform.db)) {
    if (there.has(subject)) continue;
    const done = { subject, at, actor: 'system:probes', why: 'removed' };
    await platform.db.transaction().execute((trx) => resolveIncident(trx, done));
  }
}
