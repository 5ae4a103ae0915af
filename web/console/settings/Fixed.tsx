import { useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

/** Says that the environment decides this, and by which variables. */
export function Fixed({ by }: { by: readonly string[] | undefined }) {
  const words = useWords(settingsScreenWords);
  if (by === undefined) return null;
  return (
    <p className={styles.fixed}>
      <StateMark state="off">{words.fixed(by.join(', '))}</StateMark>
    </p>
  );
}
