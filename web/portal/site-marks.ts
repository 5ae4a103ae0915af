import type { MySite } from '../../src/portal/contract.ts';
import type { State } from '../ui/StateMark.tsx';

const marks: Record<MySite['state'], State> = { well: 'well', working: 'work', starting: 'off', attention: 'unsure' };

/** Which mark the state of a site has for its owner. What is ours to mend is no alarm to him. */
export function markOf({ state }: Pick<MySite, 'state'>): State {
  return marks[state];
}

/** A site's address as people say it: without the scheme. */
export function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
