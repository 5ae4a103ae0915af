import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './StateMark.module.css';

/** `work`: ours to do or under way. `off`: not watched (not paired, taken out of care). */
export type State = 'well' | 'broken' | 'unsure' | 'work' | 'off';

const shapes: Record<State, string> = { well: '●', broken: '▲', unsure: '◐', work: '◆', off: '○' };

/** A state: shape, colour and word together, so that colour is never the only sign. */
export function StateMark({ state, children, className }: { state: State; children: ReactNode; className?: string }) {
  return (
    <span className={classNames(styles.state, styles[state], className)}>
      <span className={styles.shape} aria-hidden="true">
        {shapes[state]}
      </span>
      <span>{children}</span>
    </span>
  );
}
