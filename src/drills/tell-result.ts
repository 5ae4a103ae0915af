import { openIncident, resolveIncident } from '../incidents/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { DrillFailure } from './rules/judge-drill.ts';
import type { DrillRow } from './store.ts';

/** What the incident of a failed drill is about; the next drill that passes resolves it. */
const subject = 'drill';

/** A drill that failed means that an outage would not have woken anybody: that is an incident of its own. */
export async function tellResult(
  db: Db,
  result: { drill: DrillRow; failure: DrillFailure | null; at: Date; askFrom: Date },
): Promise<void> {
  const { drill, failure, at, askFrom } = result;
  if (failure === null) {
    await resolveIncident(db, { subject, at, actor: 'system:drills', why: 'drill-passed' });
    return;
  }
  await openIncident(db, {
    id: `drill-failed:${drill.id}`,
    kind: 'channel',
    urgency: 'low',
    subject,
    cause: failure,
    reason: { code: 'drill-failed', failure, drill: drill.id },
    firstFailureAt: drill.down_at ?? drill.started_at,
    at,
    quietUntil: askFrom,
  });
}
