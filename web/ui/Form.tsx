import { Form as BaseForm } from '@base-ui/react/form';
import { useMemo, type ReactNode } from 'react';
import { apiErrorOf, type ApiError } from '../api.ts';
import { useErrorWords } from '../errors.ts';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { fieldErrorsOf } from './field-errors.ts';
import styles from './Form.module.css';
import { useLanguage, useWords } from './language.tsx';
import { uiWords } from './words.ts';

/** What was filled in, by the fields' names. */
export interface FormValues {
  /** Trimmed; empty when nothing was filled in. Passwords as they are. */
  text: (name: string) => string;
  /** Whether it was ticked. */
  flag: (name: string) => boolean;
}

function valuesOf(raw: Record<string, unknown>): FormValues {
  const textOf = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return {
    text: (name) => (/password|secret/i.test(name) ? textOf(raw[name]) : textOf(raw[name]).trim()),
    flag: (name) => raw[name] === true,
  };
}

interface FormProps {
  /** Called when every field is right. */
  onSubmit: (values: FormValues) => void;
  /** What the call threw (`mutation.error`): shown at the fields it is about, the rest above the buttons. */
  error?: unknown;
  /** Error codes that are about one field: `{ 'customer-exists': 'name' }`. */
  errorFields?: Record<string, string>;
  /** The word on the button that sends it. */
  submit: ReactNode;
  submitLook?: 'primary' | 'danger';
  /** `mutation.isPending`. */
  working?: boolean;
  /** Other buttons beside it. */
  actions?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}

/** A form: fields, the server's answer at the field that it is about, and one button that sends it. */
export function Form({
  onSubmit,
  error,
  errorFields,
  submit,
  submitLook = 'primary',
  working = false,
  actions,
  className,
  children,
}: FormProps) {
  const language = useLanguage();
  const words = useWords(uiWords);
  const facts: ApiError | undefined = useMemo(() => (error ? apiErrorOf(error) : undefined), [error]);
  const hasWords = useErrorWords(facts !== undefined);
  const errors = useMemo(
    () => (facts ? fieldErrorsOf(facts, errorFields ?? {}, { language, notValid: words.notValid }) : {}),
    // The map is written in place by callers; what it says changes only with the error.
    // oxlint-disable-next-line react/exhaustive-deps
    [facts, language, hasWords],
  );
  const isAllAtFields = Object.keys(errors).length > 0;
  return (
    <BaseForm
      className={classNames(styles.form, className)}
      errors={errors}
      onFormSubmit={(raw) => {
        if (!working) onSubmit(valuesOf(raw));
      }}
    >
      {children}
      {facts !== undefined && !isAllAtFields && <ErrorNote error={error} />}
      <div className={styles.actions}>
        <Button type="submit" look={submitLook} working={working}>
          {submit}
        </Button>
        {actions}
      </div>
    </BaseForm>
  );
}
