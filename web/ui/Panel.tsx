import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Panel.module.css';

interface PanelProps {
  title?: ReactNode;
  /** Beside the title, small: what the panel shows, or why. */
  note?: ReactNode;
  actions?: ReactNode;
  tone?: 'plain' | 'work' | 'broken';
  className?: string | undefined;
  children?: ReactNode;
}

/** A part of a page that belongs together; with a title it is a region of its own. */
export function Panel({ title, note, actions, tone = 'plain', className, children }: PanelProps) {
  const id = useId();
  const hasHead = title !== undefined || note !== undefined || actions !== undefined;
  return (
    <section
      className={classNames(styles.panel, tone !== 'plain' && styles[tone], className)}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {hasHead && (
        <div className={styles.head}>
          {title !== undefined && <h2 id={id}>{title}</h2>}
          {note !== undefined && <div className={styles.note}>{note}</div>}
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
