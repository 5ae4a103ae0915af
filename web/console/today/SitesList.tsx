import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { SitesPage } from '../../../src/overview/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Search } from '../../ui/Search.tsx';
import { Table, type Sort } from '../../ui/Table.tsx';
import { StripKey } from '../../ui/WatchStrip.tsx';
import { Filters } from './Filters.tsx';
import { changed, isFiltered, listSorts, type ListSearch, type Row } from './list-search.ts';
import { useListKeys } from './list-keys.ts';
import { siteColumns, type ColumnKey } from './site-columns.tsx';
import styles from './SitesList.module.css';
import { useTellBackups } from './tell-backups.ts';
import { todayWords } from './words.ts';

interface SitesListProps {
  search: ListSearch;
  /** Undefined while the first one is on its way. */
  page: SitesPage | undefined;
  /** What is shown is of the question before. */
  isStale: boolean;
}

/** All sites, one row each: searched, filtered and sorted by the server; the address says what is shown. */
export function SitesList({ search, page, isStale }: SitesListProps) {
  const words = useWords(todayWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLInputElement>(null);
  const section = useRef<HTMLElement>(null);
  const tell = useTellBackups();
  const backUp = useMutation(api.overview.backUp.mutationOptions(tell));

  const show = (next: ListSearch, replace = false): void => {
    void navigate({ to: '/', search: next, replace, resetScroll: false });
  };
  const choose = (id: string): void =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const open = (row: Row): void => void navigate({ to: '/sites/$site', params: { site: row.id } });
  const rows = page?.rows;
  const ids = rows?.map(({ id }) => id) ?? [];
  // What the watch measured of the rows that are shown.
  const watch = useQuery({
    ...api.monitoring.sites.queryOptions({ input: { ids, pageSize: 200 } }),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const watched = useMemo(() => new Map(watch.data?.rows.map((row) => [row.site.id, row])), [watch.data]);
  useListKeys({
    section,
    field,
    onChoose: (at) => rows?.[at] && choose(rows[at].id),
    onBackUp: (at) => rows?.[at] && backUp.mutate({ sites: [rows[at].id] }),
  });
  const columns = useMemo(
    () =>
      siteColumns({
        words,
        language,
        timeZone: page?.timeZone ?? 'UTC',
        watched,
        chosen,
        onChoose: choose,
        isWhole: rows !== undefined && rows.length > 0 && rows.every((row) => chosen.has(row.id)),
        onChooseAll: (all) => setChosen(new Set(all ? rows?.map((row) => row.id) : [])),
      }),
    [words, language, page?.timeZone, chosen, rows, watched],
  );
  const sort: Sort<ColumnKey> | undefined = toSort(search);

  return (
    <section ref={section} id="sites" className={styles.sites} aria-busy={isStale || page === undefined}>
      <div className={styles.bar}>
        <h2>{words.allSites}</h2>
        <span className={styles.note}>
          {words.listNote} <StripKey outages />
        </span>
        <div className={styles.search}>
          <Search
            ref={field}
            label={words.filter}
            placeholder={words.filterExample}
            value={search.q ?? ''}
            onChange={(q) => show(changed(search, { q }), true)}
          />
        </div>
      </div>
      <Filters search={search} page={page} onShow={show} />
      {page === undefined && <ListSkeleton />}
      {page?.total === 0 && (
        <EmptyState
          heading={words.nothingFound}
          action={<Button onClick={() => show({})}>{words.clearFilter}</Button>}
        />
      )}
      {page !== undefined && page.total > 0 && (
        <>
          {isFiltered(search) && (
            <p className={styles.found} aria-live="polite">
              {words.found(numberInWords(page.total, language))}
            </p>
          )}
          <Table
            caption={words.allSites}
            columns={columns}
            rows={page.rows}
            keyOf={(row) => row.id}
            sort={sort}
            onSort={({ key, direction }) => show(changed(search, sortOf(key, direction)))}
            onOpen={open}
            stacks
            className={styles.table ?? ''}
          />
          <Pager
            page={page.page - 1}
            pageSize={page.pageSize}
            total={page.total}
            onPage={(at) => {
              show(changed(search, { page: at === 0 ? undefined : at + 1 }));
              section.current?.scrollIntoView({ block: 'start' });
            }}
          />
        </>
      )}
      {chosen.size > 0 && (
        <div className={styles.chosen} role="region" aria-label={words.selected(chosen.size)}>
          <span>{words.selected(chosen.size)}</span>
          <Button
            look="primary"
            working={backUp.isPending}
            onClick={() =>
              backUp.mutate({ sites: [...chosen].slice(0, 200) }, { onSuccess: () => setChosen(new Set()) })
            }
          >
            {words.backUpNow}
          </Button>
          <Button look="quiet" onClick={() => setChosen(new Set())}>
            {words.clearSelection}
          </Button>
        </div>
      )}
    </section>
  );
}

function toSort({ sort = 'state', down }: ListSearch): Sort<ColumnKey> | undefined {
  const direction = down ? 'down' : 'up';
  return sort === 'customer' || sort === 'php' ? undefined : { key: sort, direction };
}

function sortOf(key: ColumnKey, direction: 'up' | 'down'): ListSearch {
  const sort = listSorts.find((each) => each === key);
  return { ...(sort && sort !== 'state' && { sort }), ...(direction === 'down' && { down: true }) };
}

/** Rows of the list's own height. */
function ListSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {Array.from({ length: 12 }, (_, line) => (
        <div key={line} />
      ))}
    </div>
  );
}
