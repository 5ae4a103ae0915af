import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Incident, IncidentsPage } from '../../../src/incidents/contract.ts';
import { numberInWords, type Language } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { durationInWords } from '../../ui/duration-words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Search } from '../../ui/Search.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { uiWords } from '../../ui/words.ts';
import chips from '../today/Filters.module.css';
import { useLiveIncidents } from './follow-incidents.ts';
import { titleOf, whoInWords } from './incident-facts.ts';
import { IncidentLine } from './IncidentLine.tsx';
import styles from './Incidents.module.css';
import type { IncidentsSearch } from './search.ts';
import { incidentScreenWords } from './words.ts';

const route = getRouteApi('/console/incidents');
const pageSize = 30;

/** What is the matter now, and what was, month by month. */
export function Incidents() {
  const words = useWords(incidentScreenWords).list;
  const search = route.useSearch();
  const { q, month, page = 1 } = search;
  const open = useQuery(api.incidents.list.queryOptions({ input: { open: true, pageSize: 200 } }));
  const past = useQuery({
    ...api.incidents.list.queryOptions({
      input: { open: false, page, pageSize, ...(q !== undefined && { search: q }), ...(month && { month }) },
    }),
    placeholderData: keepPreviousData,
  });
  useLiveIncidents();
  if (open.error && !open.data) return <ErrorNote error={open.error} onRetry={() => void open.refetch()} />;
  if (!open.data) {
    return (
      <>
        <Sentence>{words.openTitle}</Sentence>
        <Skeleton lines={6} />
      </>
    );
  }
  const { rows } = open.data;
  const untaken = rows.filter(({ acknowledged, urgency }) => acknowledged === null && urgency === 'high').length;
  return (
    <>
      <Sentence
        below={words.below}
        ask={untaken > 0 ? <StateMark state="broken">{words.untaken(untaken, rows.length)}</StateMark> : undefined}
      >
        {rows.length === 0 ? words.none : words.open(open.data.total)}
      </Sentence>
      {rows.length > 0 && (
        <section aria-label={words.openTitle} className={styles.open}>
          <ol className={styles.list}>
            {rows.map((incident) => (
              <IncidentLine key={incident.id} incident={incident} />
            ))}
          </ol>
        </section>
      )}
      {past.error && !past.data && <ErrorNote error={past.error} onRetry={() => void past.refetch()} />}
      {past.isPending && <Skeleton lines={5} />}
      {past.data && <History search={search} page={past.data} isStale={past.isPlaceholderData} />}
    </>
  );
}

interface HistoryProps {
  search: IncidentsSearch;
  page: IncidentsPage;
  isStale: boolean;
}

function History({ search, page, isStale }: HistoryProps) {
  const words = useWords(incidentScreenWords).list;
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const navigate = useNavigate();
  const show = (next: IncidentsSearch): void =>
    void navigate({ to: '/incidents', search: next, replace: true, resetScroll: false });
  const { q, month } = search;
  if (page.months.length === 0) {
    return <EmptyState heading={words.nothingEver}>{words.nothingEverBelow}</EmptyState>;
  }
  return (
    <section className={styles.history} aria-busy={isStale}>
      <div className={styles.bar}>
        <h2>{words.history}</h2>
        <select
          className={chips.choice}
          aria-label={words.month}
          value={month ?? ''}
          onChange={({ target }) =>
            show({ ...(q !== undefined && { q }), ...(target.value !== '' && { month: target.value }) })
          }
        >
          <option value="">{words.everyMonth}</option>
          {page.months.map((each) => (
            <option key={each.month} value={each.month}>
              {words.inMonth(monthInWords(each.month, language), each.incidents)}
            </option>
          ))}
        </select>
        <div className={styles.search}>
          <Search
            label={words.search}
            placeholder={words.searchHint}
            value={q ?? ''}
            onChange={(text) => show({ ...(month && { month }), ...(text !== '' && { q: text }) })}
          />
        </div>
      </div>
      {page.total === 0 ? (
        <EmptyState heading={words.nothing} />
      ) : (
        <>
          <Table
            caption={words.history}
            columns={columnsOf(words, language, unit)}
            rows={page.rows}
            keyOf={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: '/incidents/$id', params: { id } })}
            stacks
          />
          <Pager
            page={page.page - 1}
            pageSize={page.pageSize}
            total={page.total}
            onPage={(at) =>
              show({ ...(q !== undefined && { q }), ...(month && { month }), ...(at > 0 && { page: at + 1 }) })
            }
          />
        </>
      )}
    </section>
  );
}

/** `november 2026`. */
function monthInWords(month: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
}

function columnsOf(
  words: ReturnType<typeof incidentScreenWords>['list'],
  language: Language,
  unit: ReturnType<typeof uiWords>['unit'],
): Column<Incident>[] {
  return [
    {
      key: 'when',
      title: words.columns.when,
      cell: ({ firstFailureAt }) => <Moment at={firstFailureAt} how="full" quiet />,
      className: styles.when,
    },
    {
      key: 'what',
      title: words.columns.what,
      cell: (incident) => (
        <Link to="/incidents/$id" params={{ id: incident.id }}>
          {titleOf(incident, language)}
        </Link>
      ),
      className: styles.what,
    },
    {
      key: 'length',
      title: words.columns.length,
      align: 'end',
      cell: ({ outMinutes }) => (outMinutes === null ? '–' : durationInWords(outMinutes * 60_000, language, unit)),
    },
    {
      key: 'sms',
      title: words.columns.sms,
      align: 'end',
      cell: ({ smsAfterSeconds: after }) => (after === null ? '–' : `${numberInWords(after, language)} s`),
    },
    {
      key: 'taken',
      title: words.columns.taken,
      cell: ({ acknowledged }) => (acknowledged ? whoInWords(acknowledged.by, language) : words.nobody),
    },
  ];
}
