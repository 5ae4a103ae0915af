import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { WatchedSite } from '../../../src/monitoring/contract.ts';
import { causeInWords, watchReasonInWords } from '../../../src/monitoring/words.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api, apiErrorOf, client, queryClient } from '../../api.ts';
import { followChanges } from '../../follow-changes.ts';
import { useTitle } from '../../shell/title.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { relatively } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { watchMark, watchState } from '../../watch-facts.ts';
import styles from '../SitePage.module.css';
import { nameOf, UnknownSite } from '../SitePage.tsx';
import { Availability } from './Availability.tsx';
import { Certificate } from './Certificate.tsx';
import { Findings } from './Findings.tsx';
import { LastChecks } from './LastChecks.tsx';
import { ResponseTimes } from './ResponseTimes.tsx';
import { SiteOutages } from './SiteOutages.tsx';
import { WatchSettings } from './WatchSettings.tsx';
import { availabilityWords } from './words.ts';

const route = getRouteApi('/console/sites/$site/watch');

/** Everything that the watch knows of a site. */
export function SiteWatch() {
  const { site } = route.useParams();
  const words = useWords(availabilityWords);
  const found = useQuery(api.monitoring.site.queryOptions({ input: { site } }));
  useTitle(found.data && nameOf(found.data.site.url));
  useLiveSite(site);
  if (found.error && !found.data) {
    if (apiErrorOf(found.error).status === 404) return <UnknownSite />;
    return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) {
    return (
      <>
        <Sentence>{words.title}</Sentence>
        <Skeleton block lines={3} />
      </>
    );
  }
  return <Known seen={found.data} />;
}

/** Asks anew when the watch sees the site otherwise. */
function useLiveSite(site: string): void {
  useEffect(
    () =>
      followChanges({
        open: (signal) => client.monitoring.changes(undefined, { signal }),
        readRows: async (changed) => {
          if (changed.includes(site)) {
            await queryClient.invalidateQueries({ queryKey: api.monitoring.site.key({ input: { site } }) });
          }
        },
        readAnew: () => void queryClient.invalidateQueries({ queryKey: api.monitoring.site.key({ input: { site } }) }),
      }),
    [site],
  );
}

function Known({ seen }: { seen: WatchedSite }) {
  const words = useWords(availabilityWords);
  const language = useLanguage();
  const now = useNow();
  const { site, customer } = seen;
  const kind = !seen.enabled ? 'off' : seen.phase === 'well' && seen.verdict === 'unknown' ? 'unknown' : seen.phase;
  const when = seen.lastCheckAt === null ? undefined : relatively(new Date(seen.lastCheckAt), now, language);
  const looked =
    when === undefined
      ? undefined
      : seen.responseMs === null
        ? words.notAnswered(when)
        : words.answered(`${numberInWords(seen.responseMs, language)} ms`, when);
  return (
    <>
      <Sentence
        above={
          <>
            <Link to="/sites/$site" params={{ site: site.id }}>
              {nameOf(site.url)}
            </Link>{' '}
            / {customer.name}
          </>
        }
        below={
          <>
            <StateMark state={watchMark(seen)}>
              {watchState(seen, language)}
              {seen.cause !== null &&
                seen.verdict !== 'up' &&
                seen.enabled &&
                ` · ${causeInWords(seen.cause, seen.detail, language)}`}
            </StateMark>{' '}
            {seen.enabled && [looked, watchReasonInWords(seen.reason, seen.detail, language)].filter(Boolean).join(' ')}
            {seen.enabled && seen.watcher === null && ` ${words.nobody}`}
          </>
        }
        actions={
          <>
            {seen.enabled && <CheckNow site={site.id} />}
            <ButtonLink to="/sites/$site" params={{ site: site.id }}>
              {words.back}
            </ButtonLink>
          </>
        }
      >
        {words.sentence[kind](nameOf(site.url))}
      </Sentence>
      <div className={styles.below}>
        <Availability site={site.id} hasLink={false} />
        <ResponseTimes site={site.id} />
        <SiteOutages site={site.id} />
        <div className={styles.stacked}>
          <Certificate seen={seen} />
          <Findings site={site.id} />
        </div>
        <WatchSettings seen={seen} />
        <LastChecks seen={seen} />
      </div>
    </>
  );
}

function CheckNow({ site }: { site: string }) {
  const words = useWords(availabilityWords);
  const check = useMutation(api.monitoring.checkNow.mutationOptions({ onSuccess: () => toast(words.checking) }));
  return (
    <>
      <Button look="primary" working={check.isPending} onClick={() => check.mutate({ site })}>
        {words.checkNow}
      </Button>
      {check.error && <ErrorNote error={check.error} />}
    </>
  );
}
