import { useState } from 'react';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table } from '../../ui/Table.tsx';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

interface KeyState {
  site: { id: string; url: string; removed: boolean };
  customer: { id: string; name: string };
  exportedAt: string | null;
  due: boolean;
}

/** A list of thousands is no help: the search narrows it down. */
const most = 50;

/** Of each site whether its password was kept, and when; what was not comes first. */
export function KeyStates({ states }: { states: readonly KeyState[] }) {
  const words = useWords(settingsScreenWords);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const found = states
    .filter(({ site, customer }) => `${site.url} ${customer.name}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.due) - Number(a.due));
  return (
    <details className={styles.details}>
      <summary>{words.keys.states}</summary>
      {states.length > most && (
        <input
          type="search"
          className={styles.search}
          aria-label={words.keys.search}
          placeholder={words.keys.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <Table
        caption={words.keys.title}
        rows={found.slice(0, most)}
        keyOf={(row) => row.site.id}
        stacks
        columns={[
          {
            key: 'site',
            title: words.keys.site,
            cell: ({ site, customer }) => (
              <>
                {site.url.replace(/^https?:\/\//, '')}{' '}
                <span className={styles.soft}>
                  {customer.name}
                  {site.removed && `, ${words.keys.removed}`}
                </span>
              </>
            ),
          },
          {
            key: 'exported',
            title: words.keys.exported,
            cell: ({ exportedAt, due }) => (
              <StateMark state={due ? 'broken' : 'well'}>
                {exportedAt === null || due ? words.keys.never : <Moment at={exportedAt} how="full" quiet />}
              </StateMark>
            ),
          },
        ]}
      />
    </details>
  );
}
