import type { ReactNode } from 'react';
import { StateMark, type State } from '../ui/StateMark.tsx';
import styles from './Portal.module.css';

/** One promise of the contract: how it is, and its proof. */
export function PromiseLine({ state, title, children }: { state: State; title: string; children: ReactNode }) {
  return (
    <li className={styles.line}>
      <span className={styles.title}>
        <StateMark state={state}>{title}</StateMark>
      </span>
      <p>{children}</p>
    </li>
  );
}
