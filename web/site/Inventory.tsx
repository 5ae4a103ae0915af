import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bytesInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Search } from '../ui/Search.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Table } from '../ui/Table.tsx';
import { inventoryRows } from './inventory-rows.ts';
import styles from './SitePage.module.css';
import { siteWords } from './words.ts';

/** Core, plugins, themes, PHP and database with their versions, as the site said. */
export function Inventory({ site }: { site: string }) {
  const words = useWords(siteWords).inventory;
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const found = useQuery(api.sites.show.queryOptions({ input: { site } }));
  const rows = inventoryRows(found.data?.inventory ?? [], words, (value) => bytesInWords(value, language));
  const wanted = search.trim().toLowerCase();
  const shown = rows.filter((row) => `${row.name} ${row.kind} ${row.version}`.toLowerCase().includes(wanted));
  return (
    <Panel
      title={words.title}
      note={
        found.data?.inventoryAt != null && (
          <>
            <Moment at={found.data.inventoryAt} />
          </>
        )
      }
    >
      {found.isError && <ErrorNote error={found.error} />}
      {found.data !== undefined && rows.length === 0 && <p className={styles.soft}>{words.noneText}</p>}
      {rows.length > 0 && (
        <div className={styles.gaps}>
          <Search label={words.search} placeholder={words.search} value={search} onChange={setSearch} />
          {shown.length === 0 ? (
            <p>{words.notFound}</p>
          ) : (
            <Table
              caption={words.list}
              columns={[
                {
                  key: 'name',
                  title: words.name,
                  wraps: true,
                  cell: (row) => (
                    <>
                      {row.name} {row.kind !== row.name && <span className={styles.soft}>{row.kind}</span>}
                    </>
                  ),
                },
                { key: 'version', title: words.version, cell: (row) => row.version },
                { key: 'state', title: words.state, cell: (row) => row.state, wraps: true },
              ]}
              rows={shown}
              keyOf={(row) => row.key}
              stacks
            />
          )}
        </div>
      )}
    </Panel>
  );
}

/** What the connector learned of the host. */
export function HostLimits({ site }: { site: string }) {
  const words = useWords(siteWords).inventory;
  const language = useLanguage();
  const limits = useQuery(api.sites.limits.queryOptions({ input: { site } }));
  return (
    <Panel
      title={words.host}
      note={
        <>
          {words.hostNote}
          {limits.data?.at != null && (
            <>
              {' · '}
              <Moment at={limits.data.at} />
            </>
          )}
        </>
      }
    >
      {limits.isError && <ErrorNote error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.isPending && <Skeleton />}
      {limits.data?.facts.length === 0 && <p className={styles.soft}>{words.hostNone}</p>}
      <ul className={styles.plain}>
        {limits.data?.facts.map((fact) => (
          <li key={fact.code}>
            {fact.unusual ? <StateMark state="unsure">{words.unusual}</StateMark> : null} {fact[language]}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
