import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Fixed } from './Fixed.tsx';
import { useChange, type PartProps } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

/** Name, time zone, language. */
export function AgencyPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const change = useChange();
  const { name, timeZone, language, fixed } = settings;
  const fixedBy = [...(fixed.name ?? []), ...(fixed['time-zone'] ?? [])];
  return (
    <Panel title={words.house.title}>
      <Fixed by={fixedBy.length > 0 ? fixedBy : undefined} />
      <Form
        className={canChange ? undefined : styles.readOnly}
        onSubmit={(values) =>
          change.mutate({
            language: values.text('language') === 'en' ? 'en' : 'nl',
            ...(fixed.name ? {} : { name: values.text('name') }),
            ...(fixed['time-zone'] ? {} : { timeZone: values.text('timeZone') }),
          })
        }
        error={change.error}
        errorFields={{ 'time-zone-wrong': 'timeZone' }}
        submit={words.save}
        working={change.isPending}
      >
        <Input
          label={words.house.name}
          name="name"
          defaultValue={name}
          maxLength={80}
          hint={words.house.nameHint}
          autoComplete="organization"
          disabled={!canChange || fixed.name !== undefined}
        />
        <ZoneInput value={timeZone} disabled={!canChange || fixed['time-zone'] !== undefined} />
        <Select
          label={words.house.language}
          name="language"
          defaultValue={language}
          hint={words.house.languageHint}
          disabled={!canChange}
          options={[
            { value: 'nl', label: words.house.nl },
            { value: 'en', label: words.house.en },
          ]}
        />
      </Form>
    </Panel>
  );
}

/** All zones that the browser knows, and the one that is set. */
function ZoneInput({ value, disabled }: { value: string; disabled: boolean }) {
  const words = useWords(settingsScreenWords);
  const zones = [...new Set([value, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <Select
      label={words.house.timeZone}
      name="timeZone"
      defaultValue={value}
      hint={words.house.timeZoneHint}
      disabled={disabled}
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  );
}
