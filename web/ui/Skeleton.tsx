import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './Skeleton.module.css';
import { uiWords } from './words.ts';

/** Stands where something is on its way, in about its size. `block`: a panel rather than lines of text. */
export function Skeleton({ lines = 3, block = false }: { lines?: number; block?: boolean }) {
  const words = useWords(uiWords);
  return (
    <div className={styles.skeleton} aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classNames(styles.line, block && styles.block)} aria-hidden="true" />
      ))}
      <span className={styles.words}>{words.loading}</span>
    </div>
  );
}
