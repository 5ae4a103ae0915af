/** What the address says of the search: `/audit?text=winkel&who=jan&site=ID&from=2026-11-01&to=2026-11-30&kind=others`. */
export interface AuditSearch {
  text?: string;
  who?: string;
  site?: string;
  /** Days in the reader's zone, both included. */
  from?: string;
  to?: string;
  kind?: AuditKind;
}

export const auditKinds = ['others', 'person', 'token', 'system', 'all'] as const;
export type AuditKind = (typeof auditKinds)[number];

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

export function readAuditSearch(given: Record<string, unknown>): AuditSearch {
  const text = (name: string): string => {
    const value = given[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
  };
  const kind = auditKinds.find((each) => each === text('kind'));
  return {
    ...(text('text') && { text: text('text') }),
    ...(text('who') && { who: text('who') }),
    ...(text('site') && { site: text('site') }),
    ...(isDay(text('from')) && { from: text('from') }),
    ...(isDay(text('to')) && { to: text('to') }),
    ...(kind && { kind }),
  };
}

/** The same as the API asks for it. A day ends where the next begins. */
export function toInput({ from, to, kind = 'others', ...rest }: AuditSearch) {
  const midnight = (day: string, later: number): string => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return new Date(year, month - 1, date + later).toISOString();
  };
  return {
    ...rest,
    ...(kind === 'all' ? {} : { kind }),
    ...(from === undefined ? {} : { from: midnight(from, 0) }),
    ...(to === undefined ? {} : { to: midnight(to, 1) }),
  };
}
