import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { useNow } from '../../ui/now.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { useLiveIncidents } from '../incidents/follow-incidents.ts';
import { AlarmNote } from './AlarmNote.tsx';
import { useLiveSites } from './follow-sites.ts';
import { questionOf } from './list-search.ts';
import { SitesList } from './SitesList.tsx';
import styles from './Today.module.css';
import { WaitingList, WaitingSkeleton } from './WaitingList.tsx';
import { todayWords } from './words.ts';

// Its words come only when there is something to tell.
const OpenIncidents = lazy(() =>
  import('../incidents/OpenIncidents.tsx').then(({ OpenIncidents: made }) => ({ default: made })),
);
const route = getRouteApi('/console/');
const openQuery = api.incidents.list.queryOptions({ input: { open: true, pageSize: 50 } });

/** The operator's morning: one sentence, what waits for him, all sites. */
export function Today() {
  const search = route.useSearch();
  const words = useWords(todayWords);
  const today = useQuery(api.overview.today.queryOptions());
  const sites = useQuery({
    ...api.overview.sites.queryOptions({ input: questionOf(search) }),
    placeholderData: keepPreviousData,
  });
  const open = useQuery(openQuery);
  useLiveSites(search);
  useLiveIncidents();
  if (today.data?.sites === 0) return <NoSites />;
  return (
    <>
      <Headline />
      <AlarmNote />
      {open.data && open.data.rows.length > 0 && (
        <Suspense fallback={<WaitingSkeleton />}>
          <OpenIncidents incidents={open.data.rows} />
        </Suspense>
      )}
      {today.data ? <WaitingList today={today.data} /> : !today.error && <WaitingSkeleton />}
      {today.error && !today.data && <ErrorNote error={today.error} onRetry={() => void today.refetch()} />}
      {sites.error && !sites.data ? (
        !today.error && <ErrorNote error={sites.error} onRetry={() => void sites.refetch()} />
      ) : (
        <SitesList search={search} page={sites.data} isStale={sites.isPlaceholderData} />
      )}
      {/* The browser's own: a popover would add a sixth to the first load. */}
      <details className={styles.meaning}>
        <summary>{words.whyInOrder}</summary>
        {words.meaning.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </details>
    </>
  );
}

function Headline() {
  const words = useWords(todayWords);
  const language = useLanguage();
  const { data } = useQuery(api.overview.today.queryOptions());
  const open = useQuery(openQuery).data?.rows ?? [];
  if (!data) return <Sentence above={<Now />}>{<span className={styles.headSkeleton} aria-busy="true" />}</Sentence>;
  const number = (value: number): string => numberInWords(value, language);
  const out = open
    .filter(({ kind }) => kind === 'outage' || kind === 'group')
    .reduce((sum, { siteCount }) => sum + siteCount, 0);
  return (
    <Sentence
      above={<Now />}
      ask={data.waits > 0 ? words.waits(data.waits) : undefined}
      below={data.waits === 0 && open.length === 0 ? words.waitsNothing : undefined}
    >
      {out > 0 && <span className={styles.out}>{words.out(out, number)} </span>}
      {words.inOrder(data.inOrder, data.sites, number)}
    </Sentence>
  );
}

/** `Woensdag 25 november, 10:32`. */
function Now() {
  const language = useLanguage();
  const text = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(useNow());
  return <span className={styles.now}>{text.replace(/ (om|at) /, ', ')}</span>;
}

function NoSites() {
  const words = useWords(todayWords);
  const account = useAccount();
  const mayAdd = account === undefined || account.kind !== 'person' || account.role === 'operator';
  return (
    <>
      <Sentence above={<Now />}>{words.noSites}</Sentence>
      <EmptyState
        heading={null}
        action={
          mayAdd ? (
            <ButtonLink to="/sites/new" look="primary">
              {words.addSite}
            </ButtonLink>
          ) : undefined
        }
      >
        {mayAdd ? words.noSitesBelow : words.noSitesForGuard}
      </EmptyState>
    </>
  );
}
