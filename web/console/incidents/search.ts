/** What the history of incidents shows, as it stands in the address. */
export interface IncidentsSearch {
  q?: string;
  /** `2026-11`. */
  month?: string;
  /** From 1. */
  page?: number;
}

/** Takes what is right from an address; the rest is as if it were not there. */
export function readIncidentsSearch(given: Record<string, unknown>): IncidentsSearch {
  const { q, month, page } = given;
  const text = typeof q === 'number' ? String(q) : typeof q === 'string' ? q.trim().slice(0, 200) : '';
  return {
    ...(text !== '' && { q: text }),
    ...(typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && { month }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && page <= 100_000 && { page }),
  };
}
