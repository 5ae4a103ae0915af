import { Field as BaseField } from '@base-ui/react/field';
import { useState, type HTMLInputAutoCompleteAttribute, type Ref } from 'react';
import { Field, type FieldFrame } from './Field.tsx';
import styles from './Field.module.css';
import { useWords } from './language.tsx';
import { uiWords } from './words.ts';

export interface InputProps extends FieldFrame {
  type?: 'text' | 'email' | 'url' | 'tel' | 'number' | 'search' | 'date' | 'time' | 'datetime-local' | undefined;
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  /** May stay empty; otherwise it must be filled in. */
  optional?: boolean | undefined;
  placeholder?: string | undefined;
  autoComplete?: HTMLInputAutoCompleteAttribute | undefined;
  autoFocus?: boolean | undefined;
  readOnly?: boolean | undefined;
  inputMode?: 'numeric' | 'decimal' | 'email' | 'url' | 'tel' | undefined;
  pattern?: string | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  min?: number | string | undefined;
  max?: number | string | undefined;
  step?: number | undefined;
  spellCheck?: boolean | undefined;
  ref?: Ref<HTMLInputElement>;
}

type ControlProps = Omit<InputProps, 'type'> & { type?: InputProps['type'] | 'password' };

function Control({ label: _label, name: _name, hint: _hint, optional, onChange, ...rest }: ControlProps) {
  return (
    <BaseField.Control
      {...rest}
      required={!optional}
      className={styles.control}
      {...(onChange && { onValueChange: (value) => onChange(value) })}
    />
  );
}

/** One line of text. Must be filled in unless `optional`. */
export function Input(props: InputProps) {
  const { label, name, hint, disabled, optional } = props;
  return (
    <Field label={label} name={name} hint={hint} disabled={disabled} optional={optional}>
      <Control {...props} />
    </Field>
  );
}

/** A password, which its writer may look at. `autoComplete`: `current-password` or `new-password`. */
export function Password(props: Omit<InputProps, 'type'>) {
  const { label, name, hint, disabled, optional } = props;
  const words = useWords(uiWords);
  const [isShown, setShown] = useState(false);
  return (
    <Field label={label} name={name} hint={hint} disabled={disabled} optional={optional}>
      <div className={styles.withButton}>
        <Control {...props} type={isShown ? 'text' : 'password'} spellCheck={false} />
        <button
          type="button"
          className={styles.inside}
          aria-label={isShown ? words.hidePassword : words.showPassword}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          <svg
            width="20"
            height="20"
            viewBox="0 0 20 20"
            fill="none"
            stroke="currentcolor"
            strokeWidth="1.5"
            aria-hidden="true"
          >
            <path d="M2 10s3-5.500 8-5.500 8 5.500 8 5.500-3 5.500-8 5.500S2 10 2 10z" />
            <circle cx="10" cy="10" r="2.300" />
            {isShown && <path d="M3.500 3.500l13 13" />}
          </svg>
        </button>
      </div>
    </Field>
  );
}

interface TextareaProps extends FieldFrame {
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  optional?: boolean | undefined;
  rows?: number | undefined;
  maxLength?: number | undefined;
}

/** Several lines of text. */
export function Textarea({
  label,
  name,
  hint,
  disabled,
  optional,
  rows = 4,
  maxLength,
  onChange,
  ...rest
}: TextareaProps) {
  return (
    <Field label={label} name={name} hint={hint} disabled={disabled} optional={optional}>
      <BaseField.Control
        {...rest}
        render={<textarea rows={rows} maxLength={maxLength} />}
        required={!optional}
        className={styles.control}
        {...(onChange && { onValueChange: (value) => onChange(value) })}
      />
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends FieldFrame {
  options: readonly Option[];
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  /** Shown when nothing is chosen; then a choice must be made unless `optional`. */
  placeholder?: string | undefined;
  optional?: boolean | undefined;
}

/** One of a list. The browser's own: best with a thumb, a keyboard and a screen reader alike. */
export function Select({
  label,
  name,
  hint,
  disabled,
  optional,
  options,
  placeholder,
  onChange,
  ...rest
}: SelectProps) {
  return (
    <Field label={label} name={name} hint={hint} disabled={disabled} optional={optional}>
      <BaseField.Control
        {...rest}
        render={
          <select>
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </select>
        }
        required={!optional}
        className={styles.control}
        {...(onChange && { onValueChange: (value) => onChange(value) })}
      />
    </Field>
  );
}
