import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { followIds } from '../platform/database/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import { acknowledgeIncident, noteCause, noteIncident, reopenIncident, sayDone } from './answer-incident.ts';
import { availabilityOf } from './availability.ts';
import { incidentsContract } from './contract.ts';
import { showIncidents, whoIs } from './list-incidents.ts';
import { namesOf } from './show-store.ts';
import { showIncident } from './show-incident.ts';

const os = implement(incidentsContract).$context<ApiContext>();

export const incidentsRoutes = os.router({
  list: os.list.handler(({ context, input }) => showIncidents(context.platform, input)),
  show: os.show.handler(({ context, input }) => showIncident(context.platform, input.incident)),
  follow: os.follow.handler(async ({ context, signal }) => followIncidents(context.platform, signal)),
  acknowledge: os.acknowledge.handler(async ({ context: { platform, actor }, input }) => {
    const { db } = platform;
    const at = platform.clock.now();
    const means = actor.kind === 'token' ? 'command' : 'console';
    const taken = await acknowledgeIncident(db, actor, input.incident, at, { means });
    const by = taken.taken ? actor.name : taken.by;
    const when = taken.taken ? at : taken.at;
    return { taken: taken.taken, by: whoIs(by, await namesOf(db, [by])), at: when.toISOString() };
  }),
  update: os.update.handler(async ({ context: { platform, actor }, input }) => {
    await noteIncident(platform.db, actor, input.incident, input.text, platform.clock.now());
    return { ok: true };
  }),
  causeNote: os.causeNote.handler(async ({ context: { platform, actor }, input }) => {
    await noteCause(platform.db, actor, input.incident, input.text, platform.clock.now());
    return { ok: true };
  }),
  resolve: os.resolve.handler(async ({ context: { platform, actor }, input }) => ({
    over: await sayDone(platform.db, actor, input.incident, platform.clock.now()),
  })),
  reopen: os.reopen.handler(async ({ context: { platform, actor }, input }) => {
    await reopenIncident(platform.db, actor, input.incident, platform.clock.now());
    return { ok: true };
  }),
  availability: os.availability.handler(async ({ context: { platform }, input }) => {
    const site = await getSite(platform.db, input.site, { removedToo: true });
    const { timeZone } = await readHouse(platform);
    const now = platform.clock.now();
    const { from, to, outages, ...rest } = await availabilityOf(platform.db, site.id, {
      month: input.month,
      timeZone,
      now,
    });
    return {
      ...rest,
      from: from.toISOString(),
      to: to.toISOString(),
      outages: outages.map((one) => ({
        incident: one.number,
        from: one.from.toISOString(),
        to: one.to?.toISOString() ?? null,
        minutes: one.minutes,
        cause: one.cause,
        inMaintenance: one.inMaintenance,
      })),
    };
  }),
});

/** Triggers tell which incident changed (migration 0130). */
async function* followIncidents(
  platform: Platform,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ all: boolean; ids: string[] }, void, void> {
  yield* followIds(platform, 'incident_changed', signal);
}
