import { openIncident, resolveIncident } from '../../incidents/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { siteSubject } from '../../sites/index.ts';
import type { Finding } from './rules/finding.ts';
import { urgentOf } from './rules/merge-findings.ts';

/** Urgent findings that are new open an incident, those that are gone resolve theirs. Within the transaction of the look. */
export async function settleFindings(
  trx: Db,
  site: { id: string },
  change: {
    before: readonly Finding[];
    after: readonly Finding[];
    at: Date;
    firstFailureAt: (finding: Finding) => Date;
  },
): Promise<void> {
  const { at } = change;
  const before = urgentOf(change.before);
  const after = urgentOf(change.after);
  const has = (all: readonly Finding[], one: Finding): boolean => all.some((each) => each.code === one.code);
  for (const finding of after.filter((one) => !has(before, one))) {
    const firstFailureAt = change.firstFailureAt(finding);
    await openIncident(trx, {
      id: `finding:${finding.code}:${site.id}:${firstFailureAt.getTime()}`,
      kind: 'finding',
      urgency: 'high',
      subject: subjectOf(site.id, finding),
      title: { code: finding.code, facts: finding.facts },
      cause: finding.code,
      reason: { ...finding.reason },
      firstFailureAt,
      at,
      siteIds: [site.id],
    });
  }
  for (const finding of before.filter((one) => !has(after, one))) {
    await resolveIncident(trx, { subject: subjectOf(site.id, finding), at, actor: 'system:watch' });
  }
}

/** `finding:database-gone:site:ID` */
function subjectOf(siteId: string, finding: Finding): string {
  return `finding:${finding.code}:${siteSubject(siteId)}`;
}
