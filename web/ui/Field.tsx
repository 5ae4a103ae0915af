import { Field as BaseField } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import styles from './Field.module.css';
import { useWords } from './language.tsx';
import { uiWords } from './words.ts';

export interface FieldFrame {
  /** What is asked. Always there; placeholders are no labels. */
  label: ReactNode;
  /** Its name in the form: `values.text(name)`, and where the server's answer about it is shown. */
  name: string;
  /** What the answer is used for, or its form; below the field. */
  hint?: ReactNode;
  disabled?: boolean | undefined;
}

interface FieldProps extends FieldFrame {
  /** Marks the ones that may stay empty; what must be filled in is the rule. */
  optional?: boolean | undefined;
  children: ReactNode;
}

const misfits = [
  'badInput',
  'patternMismatch',
  'rangeOverflow',
  'rangeUnderflow',
  'stepMismatch',
  'tooLong',
  'tooShort',
  'typeMismatch',
] as const;

/** What is wrong with a field: empty, not valid, or what the server said about it. */
export function FieldErrors() {
  const words = useWords(uiWords);
  return (
    <BaseField.Validity>
      {({ validity }) => {
        // The browser's own sentences are in its language, not in the reader's. What the server said has none of these.
        const isMisfit = misfits.some((each) => validity[each]);
        const own = validity.valueMissing ? words.required : isMisfit ? words.notValid : undefined;
        return own === undefined ? (
          <BaseField.Error className={styles.error} />
        ) : (
          <BaseField.Error className={styles.error}>{own}</BaseField.Error>
        );
      }}
    </BaseField.Validity>
  );
}

/** Label, control, hint and errors, tied together for screen readers. */
export function Field({ label, name, hint, disabled, optional, children }: FieldProps) {
  const words = useWords(uiWords);
  return (
    <BaseField.Root name={name} disabled={disabled} className={styles.field}>
      <BaseField.Label className={styles.label}>
        {label}
        {optional && <span className={styles.optional}>{words.optional}</span>}
      </BaseField.Label>
      {children}
      {hint !== undefined && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
      <FieldErrors />
    </BaseField.Root>
  );
}
