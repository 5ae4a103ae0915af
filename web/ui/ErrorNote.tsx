import type { ReactNode } from 'react';
import { thrownInWords, useErrorWords } from '../errors.ts';
import { Button } from './Button.tsx';
import { useLanguage, useWords } from './language.tsx';
import styles from './ErrorNote.module.css';
import { StateMark } from './StateMark.tsx';
import { uiWords } from './words.ts';

interface ErrorNoteProps {
  /** What a call threw. */
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** Other ways on, instead of or beside trying again. */
  children?: ReactNode;
}

/** What went wrong, what to do next, and a way to try again. */
export function ErrorNote({ error, onRetry, children }: ErrorNoteProps) {
  const words = useWords(uiWords);
  useErrorWords(true);
  const { sentence, nextStep } = thrownInWords(error, useLanguage());
  return (
    <div className={styles.note} role="alert">
      <div className={styles.text}>
        <StateMark state="broken">{sentence}</StateMark>
        {nextStep !== '' && <p className={styles.next}>{nextStep}</p>}
      </div>
      {children}
      {onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    </div>
  );
}
