import type { IntakeView } from '../../../src/intake/contract.ts';
import { errorInWords } from '../../errors.ts';
import { useLanguage } from '../../ui/language.tsx';
import styles from './AddSite.module.css';

type StepFailure = NonNullable<IntakeView['steps'][number]['error']>;

/** Why a step of the work failed, and what to do: it was the run's error, not a call's. */
export function StepError({ error }: { error: StepFailure }) {
  const { code, message, nextStep } = error;
  const facts = { code, message, nextStep, status: 500, retryable: true, details: {} };
  const words = errorInWords(facts, useLanguage());
  return (
    <div role="alert">
      <p>{words.sentence}</p>
      {words.nextStep !== '' && <p className={styles.soft}>{words.nextStep}</p>}
    </div>
  );
}
