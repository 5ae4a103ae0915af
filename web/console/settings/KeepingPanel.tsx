import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { momentInWords, numberInWords } from '../../../src/platform/words.ts';
import { retentionRuleInWords } from '../../../src/settings/words.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { useChange, type PartProps, type SettingsView } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

type Retention = SettingsView['retention'];
const most: Retention = { hourly: 10_000, daily: 10_000, monthly: 1000, beforeChangeDays: 3650 };
const names = ['hourly', 'daily', 'monthly', 'beforeChangeDays'] as const;

/** Four numbers, the rule they make in words, and what stays of a year. */
export function KeepingPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const change = useChange();
  const [typed, setTyped] = useState<Record<keyof Retention, string>>(textsOf(settings.retention));
  const retention = retentionOf(typed);
  const labels = {
    hourly: words.keeping.hourly,
    daily: words.keeping.daily,
    monthly: words.keeping.monthly,
    beforeChangeDays: words.keeping.beforeChange,
  };
  const isLess = retention !== undefined && names.some((name) => retention[name] < settings.retention[name]);
  return (
    <Panel title={words.keeping.title}>
      <Form
        className={canChange ? styles.wideForm : styles.readOnly}
        onSubmit={() => {
          if (retention !== undefined) change.mutate({ retention });
        }}
        error={change.error}
        submit={words.save}
        working={change.isPending}
        actions={
          !settings.retentionIsDefault && (
            <Button
              look="quiet"
              onClick={() =>
                change.mutate({ retention: null }, { onSuccess: (now) => setTyped(textsOf(now.retention)) })
              }
            >
              {words.keeping.useDefault}
            </Button>
          )
        }
      >
        <div className={styles.four}>
          {names.map((name) => (
            <Input
              key={name}
              label={labels[name]}
              name={name}
              type="number"
              min={0}
              max={most[name]}
              value={typed[name]}
              onChange={(text) => setTyped({ ...typed, [name]: text })}
              disabled={!canChange}
            />
          ))}
        </div>
        {retention !== undefined && (
          <>
            <ul className={styles.rule} aria-label={words.keeping.rule}>
              {retentionRuleInWords(retention, language).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {isLess && <p className={styles.careful}>{words.keeping.careful}</p>}
          </>
        )}
      </Form>
      {retention !== undefined && <Preview retention={retention} timeZone={settings.timeZone} />}
    </Panel>
  );
}

function textsOf(retention: Retention): Record<keyof Retention, string> {
  const { hourly, daily, monthly, beforeChangeDays } = retention;
  return {
    hourly: String(hourly),
    daily: String(daily),
    monthly: String(monthly),
    beforeChangeDays: String(beforeChangeDays),
  };
}

/** Undefined while one of them is no number that fits. */
function retentionOf(typed: Record<keyof Retention, string>): Retention | undefined {
  const numbers = names.map((name) => [name, Number(typed[name])] as const);
  const fits = numbers.every(
    ([name, value]) => typed[name] !== '' && Number.isInteger(value) && value >= 0 && value <= most[name],
  );
  if (!fits) return undefined;
  const [hourly = 0, daily = 0, monthly = 0, beforeChangeDays = 0] = numbers.map(([, value]) => value);
  return { hourly, daily, monthly, beforeChangeDays };
}

/** Times in the agency's zone, as the rule counts hours and days in it. */
function Preview({ retention, timeZone }: { retention: Retention; timeZone: string }) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const [plan, setPlan] = useState<'daily' | 'hourly'>('hourly');
  const [isOpen, setOpen] = useState(false);
  // Typing goes before: the example follows when there is time.
  const asked = useDeferredValue(retention);
  const query = useQuery(
    api.settings.previewRetention.queryOptions({
      input: { retention: asked, plan },
      placeholderData: keepPreviousData,
      staleTime: 600_000,
    }),
  );
  const { data } = query;
  const number = (value: number): string => numberInWords(value, language);
  return (
    <div className={styles.preview}>
      <div className={styles.previewHead}>
        <Select
          label={words.keeping.previewFor}
          name="previewPlan"
          value={plan}
          onChange={(value) => setPlan(value === 'daily' ? 'daily' : 'hourly')}
          options={[
            { value: 'hourly', label: words.keeping.forHourly },
            { value: 'daily', label: words.keeping.forDaily },
          ]}
        />
        <p className={styles.previewSays} aria-live="polite">
          {data && words.keeping.preview(number(data.kept.length), number(data.made))}
        </p>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words.keeping.show}
        </Button>
      </div>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {isOpen &&
        (data === undefined ? (
          <Skeleton lines={5} />
        ) : (
          <div className={styles.scroller}>
            <Table
              caption={words.keeping.previewTitle}
              rows={data.kept}
              keyOf={(row) => row.at}
              stacks
              columns={[
                {
                  key: 'moment',
                  title: words.keeping.moment,
                  cell: (row) => momentInWords(row.at, language, timeZone),
                },
                {
                  key: 'why',
                  title: words.keeping.why,
                  wraps: true,
                  cell: (row) => row.why.map((one) => one[language]).join('; '),
                },
              ]}
            />
          </div>
        ))}
    </div>
  );
}
