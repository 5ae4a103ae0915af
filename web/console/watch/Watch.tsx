import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { WatchPage, Watchers } from '../../../src/monitoring/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { todayWords } from '../today/words.ts';
import { useLiveWatch } from './follow-watch.ts';
import { isOwn } from './own-cause.ts';
import { questionOf } from './search.ts';
import { WatchItself } from './WatchItself.tsx';
import { WatchList } from './WatchList.tsx';
import styles from './Watch.module.css';
import { watchWords } from './words.ts';

const route = getRouteApi('/console/watch');
const everyMs = 15_000;

/** The watch over all sites: whether it sees, what it sees, and how it is itself. */
export function Watch() {
  const search = route.useSearch();
  const words = useWords(watchWords);
  const add = useWords(todayWords);
  const sites = useQuery({
    ...api.monitoring.sites.queryOptions({ input: questionOf(search) }),
    placeholderData: keepPreviousData,
  });
  const watchers = useQuery({ ...api.monitoring.watchers.queryOptions(), refetchInterval: everyMs });
  useLiveWatch(search);
  if (sites.error && !sites.data) return <ErrorNote error={sites.error} onRetry={() => void sites.refetch()} />;
  if (!sites.data) {
    return (
      <>
        <Sentence>{words.list}</Sentence>
        <Skeleton lines={8} />
      </>
    );
  }
  if (sites.data.all === 0) {
    return (
      <>
        <Sentence>{words.nothing}</Sentence>
        <EmptyState
          heading={null}
          action={
            <ButtonLink to="/sites/new" look="primary">
              {add.addSite}
            </ButtonLink>
          }
        >
          {words.nothingBelow}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <Headline page={sites.data} watchers={watchers.data} />
      <WatchList search={search} page={sites.data} isStale={sites.isPlaceholderData} />
      <section className={styles.itself} aria-label={words.itself}>
        <h2>{words.itself}</h2>
        <p className={styles.soft}>{words.itselfWhy}</p>
        {watchers.error && !watchers.data && (
          <ErrorNote error={watchers.error} onRetry={() => void watchers.refetch()} />
        )}
        {watchers.data && <WatchItself watchers={watchers.data} />}
      </section>
    </>
  );
}

function Headline({ page, watchers }: { page: WatchPage; watchers: Watchers | undefined }) {
  const words = useWords(watchWords);
  const language = useLanguage();
  const now = useNow();
  const probes = useQuery(api.probes.list.queryOptions());
  const { blind, phases } = page;
  const checks = watchers?.watchers.filter(({ alive }) => alive).reduce((sum, each) => sum + each.checksAMinute, 0);
  const unwatched = watchers?.unwatched ?? 0;
  const seeing = probes.data?.probes.filter(({ state }) => state === 'seen').map(({ name }) => name);
  const below = [
    phases.doubted ? words.doubted(phases.doubted) : undefined,
    watchers && words.facts(watchers.targets, numberInWords(checks ?? 0, language)),
    seeing && (seeing.length === 0 ? words.noSecond : words.second(seeing.join(', '))),
  ];
  const because = blind && words.because[isOwn(blind.cause) ? blind.cause : 'overload'];
  const since = blind?.since == null ? undefined : shortly(new Date(blind.since), now, { language });
  return (
    <Sentence
      below={below.filter((line) => line !== undefined).join(' ')}
      ask={
        phases.out ? (
          <StateMark state="broken">{words.out(phases.out, numberInWords(phases.out, language))}</StateMark>
        ) : undefined
      }
    >
      {because ? words.blind(since, because) : unwatched > 0 ? words.seesNot(unwatched) : words.seesAll}
    </Sentence>
  );
}
