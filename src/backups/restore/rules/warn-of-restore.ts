import type { Gap } from '../../rules/site-report.ts';
import type { PlanSummary } from './summarize-plan.ts';
import type { TableChange } from './plan-restore.ts';

/** What rows of a table are to the people of the site; anything else is only 'rows'. */
export type RowsOf = 'orders' | 'customers' | 'comments' | 'entries' | 'bookings';

export type RestoreWarning =
  /** Rows came after the moment and go with a restore: at least this many. */
  | { code: 'newer-rows'; severe: true; what: RowsOf; count: number; table: string }
  | { code: 'newer-content'; severe: false; count: number; table: string }
  | { code: 'snapshot-incomplete'; severe: true; gaps: readonly Gap[] }
  | { code: 'snapshot-wrong'; severe: true }
  | { code: 'not-one-moment'; severe: false }
  | { code: 'database-unknown'; severe: true }
  | { code: 'cannot-restore'; severe: true }
  | { code: 'present-old'; severe: false; presentMs: number };

export interface WarnFacts {
  plan: Pick<PlanSummary, 'tables' | 'order'>;
  thenMs: number;
  /** When the state was kept that the plan compares with. */
  presentMs: number;
  nowMs: number;
  snapshot: { complete: boolean; wrong: boolean; consistent: boolean; gaps: readonly Gap[] };
}

// Tables by what stands behind the site's prefix. Shops, forms and bookings that are in use widely; row by row, so that
// a count of rows is a count of things.
const known: [RegExp, RowsOf][] = [
  [/_wc_orders$/u, 'orders'],
  [/_edd_orders$/u, 'orders'],
  [/_users$/u, 'customers'],
  [/_wc_customer_lookup$/u, 'customers'],
  [/_comments$/u, 'comments'],
  [
    /_(?:gf_entry|frm_items|wpforms_entries|e_submissions|nf3_objects|fluentform_submissions|cf7_vdata|db7_forms)$/u,
    'entries',
  ],
  [/_(?:bookly_appointments|amelia_appointments|latepoint_bookings|ea_appointments)$/u, 'bookings'],
];
const content = /_posts$/u;

const freshMs = 15 * 60_000;

/** What a person should know before he goes back to a moment, the gravest first. */
export function warnOfRestore(facts: WarnFacts): RestoreWarning[] {
  const { plan, snapshot } = facts;
  const warnings: RestoreWarning[] = [];
  if (!plan.order.ok) warnings.push({ code: 'cannot-restore', severe: true });
  if (snapshot.wrong) warnings.push({ code: 'snapshot-wrong', severe: true });
  if (!snapshot.complete) warnings.push({ code: 'snapshot-incomplete', severe: true, gaps: snapshot.gaps });
  const replaced = plan.tables.changes.filter((one) => one.action === 'replace' || one.action === 'drop');
  if (replaced.some((one) => one.why === 'unknown-now')) warnings.push({ code: 'database-unknown', severe: true });
  const seen = new Set<RowsOf>();
  for (const [pattern, what] of known) {
    const worst = most(replaced.filter((one) => pattern.test(one.name)));
    if (worst === undefined || seen.has(what)) continue;
    seen.add(what);
    warnings.push({ code: 'newer-rows', severe: true, what, ...worst });
  }
  const posts = most(replaced.filter((one) => content.test(one.name)));
  if (posts !== undefined) warnings.push({ code: 'newer-content', severe: false, ...posts });
  if (!snapshot.consistent && plan.tables.scope !== 'none') warnings.push({ code: 'not-one-moment', severe: false });
  if (facts.nowMs - facts.presentMs > freshMs) {
    warnings.push({ code: 'present-old', severe: false, presentMs: facts.presentMs });
  }
  return warnings;
}

/** The table that lost the most rows by going back, when any did. */
function most(changes: readonly TableChange[]): { count: number; table: string } | undefined {
  let worst: { count: number; table: string } | undefined;
  for (const { name, rowsNow = 0, rowsThen = 0 } of changes) {
    if (rowsNow - rowsThen > (worst?.count ?? 0)) worst = { count: rowsNow - rowsThen, table: name };
  }
  return worst;
}
