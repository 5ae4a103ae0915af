export type Seen = 'up' | 'down' | 'none';

/**
 * What several second locations together say. One that sees the site well is enough: then it is not down for everybody.
 * 'down' needs that none of those that answered sees it well, and that the others had their time. A 'none' (it has trouble
 * of its own) counts as no answer.
 */
export function gather(given: {
  /** Those that were heard lately. */
  asked: readonly string[];
  answers: ReadonlyMap<string, Seen>;
  isOver: boolean;
}): Seen | 'wait' {
  const { asked, answers, isOver } = given;
  const said = [...answers.values()];
  if (said.includes('up')) return 'up';
  if (!isOver && (asked.length === 0 || asked.some((probe) => !answers.has(probe)))) return 'wait';
  return said.includes('down') ? 'down' : 'none';
}
