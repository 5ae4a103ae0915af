import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { getSite } from '../sites/index.ts';
import { changeSettings } from './change-settings.ts';
import { backupsContract } from './contract.ts';
import { exportKey } from './export-key.ts';
import { holdSnapshot } from './hold-snapshot.ts';
import { showSnapshots } from './list-snapshots.ts';
import { requestBackup } from './request-backup.ts';
import { showReport } from './show-report.ts';
import { showSettings } from './show-settings.ts';
import { listVerifications } from './store.ts';
import { requestTidy } from './tidy-repository.ts';
import { requestVerification } from './verify-site.ts';

const os = implement(backupsContract).$context<ApiContext>();

export const backupsRoutes = os.router({
  start: os.start.handler(({ context, input }) => requestBackup(context.platform, context.actor, input)),
  snapshots: os.snapshots.handler(({ context, input }) => showSnapshots(context.platform, input)),
  report: os.report.handler(({ context, input }) => showReport(context.platform, input)),
  hold: os.hold.handler(({ context, input }) => holdSnapshot(context.platform, context.actor, input)),
  tidy: os.tidy.handler(({ context, input }) => requestTidy(context.platform, context.actor, input.site)),
  verify: os.verify.handler(({ context, input }) => {
    const { site, slice } = input;
    return requestVerification(context.platform, context.actor, { site, ...(slice === undefined ? {} : { slice }) });
  }),
  verifications: os.verifications.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const site = await getSite(db, input.site, { removedToo: true });
    return (await listVerifications(db, site.id, input.limit, input.before)).map((row) => ({
      id: row.id,
      kind: row.kind,
      snapshot: row.snapshot_id,
      slice: row.slice_part === null || row.slice_of === null ? null : { part: row.slice_part, of: row.slice_of },
      beganAt: row.began_at.toISOString(),
      endedAt: row.ended_at.toISOString(),
      ok: row.ok,
      problems: row.problems,
      figures: row.figures,
    }));
  }),
  exportKey: os.exportKey.handler(({ context, input }) => exportKey(context.platform, context.actor, input.site)),
  settings: os.settings.handler(({ context, input }) => showSettings(context.platform, input)),
  change: os.change.handler(({ context, input }) => {
    const { site, paused, retention, excludes } = input;
    return changeSettings(context.platform, context.actor, {
      site,
      ...(paused === undefined ? {} : { paused }),
      ...(retention === undefined ? {} : { retention }),
      ...(excludes === undefined ? {} : { excludes }),
    });
  }),
});
