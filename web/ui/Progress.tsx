import { Progress as BaseProgress } from '@base-ui/react/progress';
import type { ReactNode } from 'react';
import styles from './Progress.module.css';

interface ProgressProps {
  /** What goes on. */
  label: ReactNode;
  /** From 0 to 1; null = under way, not known how far. */
  share: number | null;
  /** How far in words: '4 van 9'. */
  value?: string;
}

/** How far something is. */
export function Progress({ label, share, value }: ProgressProps) {
  const percent = share === null ? null : Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <BaseProgress.Root
      className={styles.progress}
      value={percent}
      {...(value !== undefined && { getAriaValueText: () => value })}
    >
      <BaseProgress.Label>{label}</BaseProgress.Label>
      <span className={styles.value} aria-hidden="true">
        {value ?? (percent === null ? '' : `${percent}%`)}
      </span>
      <BaseProgress.Track className={styles.track}>
        <BaseProgress.Indicator className={styles.bar} />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
