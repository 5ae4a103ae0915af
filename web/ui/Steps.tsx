import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './Steps.module.css';
import { uiWords } from './words.ts';

export interface Step {
  key: string;
  name: ReactNode;
  state: 'done' | 'now' | 'later' | 'failed';
  /** What came of it, or how far it is. */
  detail?: ReactNode;
}

const shapes = { done: '●', now: '◆', later: '○', failed: '▲' } as const;

/** Work as a line of named steps, which the reader may leave and come back to. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  const words = useWords(uiWords);
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map(({ key, name, state, detail }) => (
        <li
          key={key}
          className={classNames(styles.step, state !== 'later' && styles[state])}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className={styles.shape} aria-hidden="true">
            {shapes[state]}
          </span>
          {name}
          <span className={styles.word}>: {words.step[state]}</span>
          {detail !== undefined && <span className={styles.detail}>{detail}</span>}
        </li>
      ))}
    </ol>
  );
}
