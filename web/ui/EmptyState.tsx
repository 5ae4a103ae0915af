import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  /** What is (not) here, one sentence. */
  heading: ReactNode;
  /** Why, or what comes of the action. */
  children?: ReactNode;
  /** The one next thing to do. */
  action?: ReactNode;
}

/** Stands where there is nothing yet: says so, and gives the one next action. */
export function EmptyState({ heading, children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {typeof heading === 'string' ? <h2>{heading}</h2> : heading}
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
