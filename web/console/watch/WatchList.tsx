import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { WatchPage } from '../../../src/monitoring/contract.ts';
import { watchReasonInWords, monitoringWords } from '../../../src/monitoring/words.ts';
import { numberInWords, type Language } from '../../../src/platform/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Search } from '../../ui/Search.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table, type Column, type Sort } from '../../ui/Table.tsx';
import { availabilityInWords, watchCause, watchMark, watchState } from '../../watch-facts.ts';
import { useListKeys } from '../today/list-keys.ts';
import { nameOf } from '../today/site-facts.ts';
import chips from '../today/Filters.module.css';
import { phases, watchSorts, type WatchRow, type WatchSearch } from './search.ts';
import styles from './Watch.module.css';
import { watchWords } from './words.ts';

interface WatchListProps {
  search: WatchSearch;
  page: WatchPage;
  isStale: boolean;
}

type ColumnKey = 'site' | 'state' | 'response' | 'checked' | 'certificate' | 'availability';

/** Each site as the watch sees it; searched, filtered and sorted by the server. */
export function WatchList({ search, page, isStale }: WatchListProps) {
  const words = useWords(watchWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const section = useRef<HTMLElement>(null);
  const show = (next: WatchSearch, replace = false): void => {
    void navigate({ to: '/watch', search: next, replace, resetScroll: false });
  };
  useListKeys({ section, field, onChoose: () => {}, onBackUp: () => {} });
  const { q, sort = 'state', down } = search;
  const order = { ...(search.sort && { sort: search.sort }), ...(down && { down }) };
  const kept = { ...order, ...(q !== undefined && { q }) };
  const sorted: Sort<ColumnKey> | undefined =
    sort === 'customer' ? undefined : { key: sort, direction: down ? 'down' : 'up' };
  return (
    <section ref={section} aria-busy={isStale} className={styles.list}>
      <div className={styles.bar}>
        <h2>{words.list}</h2>
        <span className={styles.soft}>{words.listNote}</span>
        <div className={styles.search}>
          <Search
            ref={field}
            label={words.filter}
            placeholder={words.filterExample}
            value={q ?? ''}
            onChange={(text) => {
              const { q: _q, page: _page, ...rest } = search;
              show({ ...rest, ...(text !== '' && { q: text }) }, true);
            }}
          />
        </div>
      </div>
      <div className={chips.filters}>
        <div className={chips.chips}>
          <Chip isOn={!search.phase && !search.unknown} onClick={() => show(kept)}>
            {words.all}
          </Chip>
          {phases
            .filter((phase) => (page.phases[phase] ?? 0) > 0 || search.phase === phase)
            .map((phase) => (
              <Chip
                key={phase}
                isOn={search.phase === phase}
                onClick={() => show(search.phase === phase ? kept : { ...kept, phase })}
              >
                <StateMark state={phaseMarks[phase]}>{monitoringWords(language).phases[phase]}</StateMark>{' '}
                {numberInWords(page.phases[phase] ?? 0, language)}
              </Chip>
            ))}
          {(page.unknown > 0 || search.unknown) && (
            <Chip
              isOn={search.unknown === true}
              onClick={() => show(search.unknown ? kept : { ...kept, unknown: true })}
            >
              <StateMark state="unsure">{words.unknown}</StateMark> {numberInWords(page.unknown, language)}
            </Chip>
          )}
        </div>
        <div className={styles.order}>
          <select
            className={chips.choice}
            aria-label={words.order}
            value={sort}
            onChange={(event) => {
              const next = watchSorts.find((each) => each === event.target.value && each !== 'state');
              const { sort: _sort, down: _down, page: _page, ...rest } = search;
              show({ ...rest, ...(next && { sort: next }) });
            }}
          >
            {watchSorts.map((each) => (
              <option key={each} value={each}>
                {words.orders[each]}
              </option>
            ))}
          </select>
        </div>
      </div>
      {page.total === 0 ? (
        <EmptyState
          heading={words.nothingFound}
          action={<Button onClick={() => show({})}>{words.clearFilter}</Button>}
        />
      ) : (
        <>
          <Table
            caption={words.list}
            columns={columnsOf(words, language)}
            rows={page.rows}
            keyOf={({ site }) => site.id}
            sort={sorted}
            onSort={({ key, direction }) => {
              const { sort: _sort, down: _down, page: _page, ...rest } = search;
              show({ ...rest, ...(key !== 'state' && { sort: key }), ...(direction === 'down' && { down: true }) });
            }}
            onOpen={({ site }) => void navigate({ to: '/sites/$site/watch', params: { site: site.id } })}
            stacks
            className={styles.table ?? ''}
          />
          <Pager
            page={page.page - 1}
            pageSize={page.pageSize}
            total={page.total}
            onPage={(at) => {
              const { page: _page, ...rest } = search;
              show({ ...rest, ...(at > 0 && { page: at + 1 }) });
              section.current?.scrollIntoView({ block: 'start' });
            }}
          />
        </>
      )}
    </section>
  );
}

/** Whether the reason says more than the state and its cause do. */
function tells({ reason }: WatchRow): boolean {
  return reason.code !== 'still-out' && reason.code !== 'blind';
}

const phaseMarks = { out: 'broken', doubted: 'unsure', back: 'unsure', well: 'well' } as const;

function Chip({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className={classNames(chips.chip, isOn && chips.on)} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}

function columnsOf(words: ReturnType<typeof watchWords>, language: Language): Column<WatchRow, ColumnKey>[] {
  return [
    {
      key: 'site',
      title: words.columns.site,
      sorts: true,
      cell: ({ site, customer }) => (
        <>
          <Link to="/sites/$site/watch" params={{ site: site.id }} className={styles.name}>
            {nameOf(site.url)}
          </Link>
          <span className={styles.second}>{customer.name}</span>
        </>
      ),
      className: styles.site,
    },
    {
      key: 'state',
      title: words.columns.state,
      sorts: true,
      cell: (row) => {
        const cause = watchCause(row, language);
        const isWell = row.phase === 'well' && row.verdict === 'up';
        return (
          <>
            <StateMark state={watchMark(row)}>
              {watchState(row, language)}
              {cause !== undefined && ` · ${cause}`}
            </StateMark>
            <span className={styles.second}>
              {row.since !== null && (
                <>
                  {words.since} <Moment at={row.since} how="short" quiet />.{' '}
                </>
              )}
              {!isWell && row.enabled && tells(row) && watchReasonInWords(row.reason, row.detail, language)}
            </span>
          </>
        );
      },
      className: styles.state,
    },
    {
      key: 'response',
      title: words.columns.response,
      sorts: true,
      align: 'end',
      cell: ({ responseMs }) =>
        responseMs === null ? <span className={styles.soft}>–</span> : `${numberInWords(responseMs, language)} ms`,
    },
    {
      key: 'checked',
      title: words.columns.checked,
      sorts: true,
      align: 'end',
      cell: ({ lastCheckAt }) =>
        lastCheckAt === null ? <span className={styles.soft}>{words.never}</span> : <Moment at={lastCheckAt} quiet />,
    },
    {
      key: 'certificate',
      title: words.columns.certificate,
      sorts: true,
      align: 'end',
      cell: ({ certificateDays: days }) =>
        days === null ? (
          <span className={styles.soft}>–</span>
        ) : days < 14 ? (
          <StateMark state={days < 3 ? 'broken' : 'work'}>{days < 0 ? words.expired : words.days(days)}</StateMark>
        ) : (
          words.days(days)
        ),
    },
    {
      key: 'availability',
      title: words.columns.availability,
      sorts: true,
      align: 'end',
      cell: ({ availability30: share }) =>
        share === null ? <span className={styles.soft}>–</span> : availabilityInWords(share, language),
    },
  ];
}
