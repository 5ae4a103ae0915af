import { useEffect, useRef, type ReactNode } from 'react';
import { focusHeading } from './page-focus.ts';
import styles from './Sentence.module.css';

interface SentenceProps {
  /** The sentence that answers the reader's question: the page's h1. */
  children: ReactNode;
  /** Small line above it: the date, or where this page belongs. */
  above?: ReactNode;
  /** What waits for the reader, in the accent. */
  ask?: ReactNode;
  /** Facts below it. */
  below?: ReactNode;
  /** What can be done with the whole page. */
  actions?: ReactNode;
}

/** Every page opens with one. Takes the focus after a change of page, so that a screen reader reads it. */
export function Sentence({ children, above, ask, below, actions }: SentenceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => focusHeading(heading.current), []);
  return (
    <header className={styles.head}>
      <div className={styles.text}>
        {above !== undefined && <div className={styles.above}>{above}</div>}
        <h1 ref={heading} tabIndex={-1} data-page-heading="">
          {children}
          {ask !== undefined && <span className={styles.ask}>{ask}</span>}
        </h1>
        {below !== undefined && <div className={styles.below}>{below}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
