import { classNames } from '../ui/class-names.ts';
import { useWords } from '../ui/language.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { useConnection } from './connection.ts';
import { shellWords } from './words.ts';
import styles from './ConnectionBanner.module.css';

/** Says that the platform is not reached, and when it is again. The region stays, so that it is read out. */
export function ConnectionBanner() {
  const words = useWords(shellWords);
  const state = useConnection();
  return (
    <div role="status">
      {state !== 'connected' && (
        <div className={classNames(styles.banner, state === 'back' && styles.back)}>
          <StateMark state={state === 'back' ? 'well' : 'unsure'}>{words[state]}</StateMark>
        </div>
      )}
    </div>
  );
}
