export type UndoVerdict = {
  possible: boolean;
  why: 'ready' | 'not-done' | 'not-onto-the-site' | 'nothing-kept' | 'undone' | 'snapshot-gone';
};

export interface UndoFacts {
  target: string;
  state: string;
  /** Snapshots of the state before. */
  present: readonly string[];
  stillThere: ReadonlySet<string>;
  undone: boolean;
}

/** Whether a restore can be undone now: it must have been done, and what was before must still be there. */
export function judgeUndo(facts: UndoFacts): UndoVerdict {
  if (facts.target !== 'site') return { possible: false, why: 'not-onto-the-site' };
  if (facts.state !== 'done') return { possible: false, why: 'not-done' };
  if (facts.undone) return { possible: false, why: 'undone' };
  if (facts.present.length === 0) return { possible: false, why: 'nothing-kept' };
  if (!facts.present.every((id) => facts.stillThere.has(id))) return { possible: false, why: 'snapshot-gone' };
  return { possible: true, why: 'ready' };
}
