import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bytesInWords, numberInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Pager } from '../ui/Pager.tsx';
import { Search } from '../ui/Search.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { restoreScreenWords } from './restore-words.ts';
import styles from './Restore.module.css';
import type { Choice } from './scope.ts';

interface ChoosePartProps {
  site: string;
  snapshot: string;
  choice: Choice;
  onChoice: (choice: Choice) => void;
}

const toggled = (list: readonly string[], one: string): string[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** Folders, files and tables of a snapshot to choose from. */
export function ChoosePart({ site, snapshot, choice, onChoice }: ChoosePartProps) {
  const words = useWords(restoreScreenWords);
  const language = useLanguage();
  const chosen = [
    ...choice.files.map((name) => ({ name, drop: () => onChoice({ ...choice, files: toggled(choice.files, name) }) })),
    ...choice.tables.map((name) => ({
      name,
      drop: () => onChoice({ ...choice, tables: toggled(choice.tables, name) }),
    })),
  ];
  return (
    <>
      <div className={styles.columns}>
        <Tree
          site={site}
          snapshot={snapshot}
          chosen={choice.files}
          onToggle={(path) => onChoice({ ...choice, files: toggled(choice.files, path) })}
        />
        <Tables
          site={site}
          snapshot={snapshot}
          chosen={choice.tables}
          onToggle={(table) => onChoice({ ...choice, tables: toggled(choice.tables, table) })}
        />
      </div>
      {chosen.length > 0 && (
        <div className={styles.block} aria-live="polite">
          <h3>{words.scope.chosen(numberInWords(chosen.length, language), chosen.length === 1)}</h3>
          <ul className={styles.chips}>
            {chosen.map(({ name, drop }) => (
              <li key={name}>
                <Button size="small" onClick={drop} aria-label={words.scope.remove(name)}>
                  <code>{name}</code> <span aria-hidden="true">✕</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface PickProps {
  site: string;
  snapshot: string;
  chosen: readonly string[];
  onToggle: (name: string) => void;
}

const pageSize = 100;

function Tree({ site, snapshot, chosen, onToggle }: PickProps) {
  const { tree: words, scope } = useWords(restoreScreenWords);
  const language = useLanguage();
  const [at, setAt] = useState({ path: '', search: '', page: 0 });
  const folder = useQuery(
    api.moments.tree.queryOptions({
      input: {
        site,
        snapshot,
        path: at.path,
        ...(at.search === '' ? {} : { search: at.search }),
        offset: at.page * pageSize,
        limit: pageSize,
      },
      placeholderData: keepPreviousData,
      staleTime: Infinity,
    }),
  );
  const open = (path: string) => setAt({ path, search: '', page: 0 });
  const names = at.path === '' ? [] : at.path.split('/');
  return (
    <div>
      <h3>{words.title}</h3>
      <nav className={styles.crumbs} aria-label={words.path}>
        <button type="button" className={styles.open} onClick={() => open('')}>
          {words.top}
        </button>
        {names.map((name, nth) => (
          <span key={names.slice(0, nth + 1).join('/')}>
            /{' '}
            <button type="button" className={styles.open} onClick={() => open(names.slice(0, nth + 1).join('/'))}>
              {name}
            </button>
          </span>
        ))}
      </nav>
      <Search
        label={words.search}
        placeholder={words.search}
        value={at.search}
        onChange={(search) => setAt({ ...at, search, page: 0 })}
      />
      {folder.isError && <ErrorNote error={folder.error} onRetry={() => void folder.refetch()} />}
      {folder.data === undefined && !folder.isError && <Skeleton />}
      {folder.data?.total === 0 && <p>{words.empty}</p>}
      <ul className={styles.plain}>
        {folder.data?.entries.map((entry) => (
          <li key={entry.path} className={styles.row}>
            <input
              type="checkbox"
              checked={chosen.includes(entry.path)}
              aria-label={scope.take(entry.name)}
              onChange={() => onToggle(entry.path)}
            />
            {entry.kind === 'folder' ? (
              <button
                type="button"
                className={styles.open}
                aria-label={words.open(entry.name)}
                onClick={() => open(entry.path)}
              >
                {entry.name}/
              </button>
            ) : (
              <span className={styles.name}>{entry.name}</span>
            )}
            <span>{entry.bytes === null ? '' : bytesInWords(entry.bytes, language)}</span>
          </li>
        ))}
      </ul>
      {folder.data !== undefined && (
        <Pager page={at.page} pageSize={pageSize} total={folder.data.total} onPage={(page) => setAt({ ...at, page })} />
      )}
    </div>
  );
}

function Tables({ site, snapshot, chosen, onToggle }: PickProps) {
  const { tree: words, scope } = useWords(restoreScreenWords);
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const tables = useQuery(api.moments.tables.queryOptions({ input: { site, snapshot }, staleTime: Infinity }));
  const found = tables.data?.filter((table) => table.name.toLowerCase().includes(search.toLowerCase()));
  return (
    <div>
      <h3>{words.tables}</h3>
      <Search label={words.tablesSearch} placeholder={words.tablesSearch} value={search} onChange={setSearch} />
      {tables.isError && <ErrorNote error={tables.error} onRetry={() => void tables.refetch()} />}
      {tables.isPending && <Skeleton />}
      {found?.length === 0 && <p>{words.empty}</p>}
      <ul className={`${styles.plain} ${styles.scroll}`}>
        {found?.map((table) => (
          <li key={table.name} className={styles.row}>
            <label className={styles.name}>
              <input
                type="checkbox"
                checked={chosen.includes(table.name)}
                aria-label={scope.take(table.name)}
                onChange={() => onToggle(table.name)}
              />{' '}
              <code>{table.name}</code>
            </label>
            <span>{words.rows(numberInWords(table.rows, language), table.rows === 1)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
