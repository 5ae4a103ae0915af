import type { Reason } from '../../../src/overview/contract.ts';
import type { SiteState } from '../../../src/overview/rules/site-state.ts';
import type { State } from '../../ui/StateMark.tsx';

/** A site's address as people say it: without the scheme. */
export function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

/** Which mark a state has; what was never paired is not watched at all. */
export function markOf(state: SiteState, reason: Reason['code'] | undefined): State {
  if (reason === 'not-paired') return 'off';
  return state === 'waits' || state === 'working' ? 'work' : state;
}
