import type { Policy } from '../../../src/oncall/contract.ts';
import { Checkbox } from '../../ui/Choices.tsx';
import type { FormValues } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import styles from './Duty.module.css';
import { dutyWords } from './words.ts';

type Hours = Policy['officeHours'];

/** A Monday, from which the names of the days come. */
const monday = Date.UTC(2026, 0, 5, 12);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Hours of some days of the week: seven boxes and two times. `prefix` keeps several apart in one form. */
export function HoursFields({ label, prefix, hours }: { label: string; prefix: string; hours: Hours }) {
  const words = useWords(dutyWords).policy;
  const language = useLanguage();
  const nameOf = (day: number): string =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(monday + (day - 1) * 86_400_000);
  return (
    <fieldset className={styles.hours}>
      <legend>{label}</legend>
      <div className={styles.days} role="group" aria-label={words.days}>
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            label={nameOf(day)}
            name={`${prefix}day${day}`}
            defaultChecked={hours.days.includes(day)}
          />
        ))}
      </div>
      <div className={styles.pair}>
        <Input label={words.from} name={`${prefix}from`} type="time" defaultValue={hours.from} />
        <Input label={words.to} name={`${prefix}to`} type="time" defaultValue={hours.to} />
      </div>
    </fieldset>
  );
}

export function readHours(values: FormValues, prefix: string): Hours {
  return {
    days: weekdays.filter((day) => values.flag(`${prefix}day${day}`)),
    from: values.text(`${prefix}from`),
    to: values.text(`${prefix}to`),
  };
}
