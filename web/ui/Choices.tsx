import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Field as BaseField } from '@base-ui/react/field';
import { Fieldset } from '@base-ui/react/fieldset';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { FieldErrors, type FieldFrame } from './Field.tsx';
import styles from './Field.module.css';

interface CheckProps extends FieldFrame {
  checked?: boolean | undefined;
  defaultChecked?: boolean | undefined;
  onChange?: ((checked: boolean) => void) | undefined;
  /** Must be ticked before the form can go. */
  required?: boolean | undefined;
}

function RowText({ label, hint }: { label: ReactNode; hint: ReactNode }) {
  return (
    <span className={styles.rowText}>
      <span className={styles.rowLabel}>{label}</span>
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </span>
  );
}

/** Yes or no, sent with the form. */
export function Checkbox({ label, name, hint, disabled, onChange, ...rest }: CheckProps) {
  return (
    <BaseField.Root name={name} disabled={disabled} className={styles.field}>
      <BaseField.Label className={styles.row}>
        <BaseCheckbox.Root
          {...rest}
          className={styles.box}
          {...(onChange && { onCheckedChange: (on) => onChange(on) })}
        >
          <BaseCheckbox.Indicator render={<svg width="14" height="14" viewBox="0 0 14 14" />}>
            <path d="M2 7.500l3.200 3.200L12 3.800" fill="none" stroke="currentcolor" strokeWidth="2.200" />
          </BaseCheckbox.Indicator>
        </BaseCheckbox.Root>
        <RowText label={label} hint={hint} />
      </BaseField.Label>
      <FieldErrors />
    </BaseField.Root>
  );
}

/** On or off, at once: for settings that hold as soon as they are turned. */
export function Switch({ label, name, hint, disabled, onChange, ...rest }: CheckProps) {
  return (
    <BaseField.Root name={name} disabled={disabled} className={styles.field}>
      <BaseField.Label className={styles.row}>
        <BaseSwitch.Root
          {...rest}
          className={styles.track}
          {...(onChange && { onCheckedChange: (on) => onChange(on) })}
        >
          <BaseSwitch.Thumb className={styles.thumb} />
        </BaseSwitch.Root>
        <RowText label={label} hint={hint} />
      </BaseField.Label>
      <FieldErrors />
    </BaseField.Root>
  );
}

interface RadioGroupProps extends FieldFrame {
  options: readonly { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  required?: boolean | undefined;
}

/** One of a few, all in sight. */
export function RadioGroup({ label, name, hint, disabled, options, onChange, ...rest }: RadioGroupProps) {
  return (
    <BaseField.Root name={name} disabled={disabled} className={styles.field}>
      <Fieldset.Root
        render={
          <BaseRadioGroup
            {...rest}
            className={styles.group}
            {...(onChange && { onValueChange: (value: unknown) => onChange(String(value)) })}
          />
        }
      >
        <Fieldset.Legend className={styles.label}>{label}</Fieldset.Legend>
        {hint !== undefined && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
        {options.map((each) => (
          <BaseField.Item key={each.value} disabled={each.disabled}>
            <BaseField.Label className={styles.row}>
              <Radio.Root value={each.value} className={`${styles.box} ${styles.round}`}>
                <Radio.Indicator className={styles.dot} />
              </Radio.Root>
              <RowText label={each.label} hint={each.hint} />
            </BaseField.Label>
          </BaseField.Item>
        ))}
      </Fieldset.Root>
      <FieldErrors />
    </BaseField.Root>
  );
}
