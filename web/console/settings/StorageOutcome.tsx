import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

interface Outcome {
  ok: boolean;
  done: { step: 'put' | 'read' | 'list' | 'delete'; ms: number }[];
  problem: { code: string; says: { nl: string; en: string }; next: { nl: string; en: string } } | null;
}

/** What came of trying a storage: what went well, and where it stopped, with what to do. */
export function StorageOutcome({ test }: { test: Outcome }) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const { ok, done, problem } = test;
  return (
    <div className={styles.outcome}>
      {ok ? (
        <StateMark state="well">{words.storage.testWell(String(done.reduce((sum, one) => sum + one.ms, 0)))}</StateMark>
      ) : (
        <>
          {done.map(({ step }) => (
            <StateMark key={step} state="well">
              {words.storage.steps[step]}
            </StateMark>
          ))}
          {problem !== null && (
            <>
              <StateMark state="broken">{problem.says[language]}</StateMark>
              <p className={styles.soft}>{problem.next[language]}</p>
            </>
          )}
        </>
      )}
    </div>
  );
}
