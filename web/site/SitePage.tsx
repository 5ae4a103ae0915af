import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import { overviewWords, reasonInWords } from '../../src/overview/words.ts';
import { bytesInWords } from '../../src/platform/words.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api, apiErrorOf } from '../api.ts';
import { useTitle } from '../shell/title.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { toast } from '../ui/toast.ts';
import { Moments } from './Moments.tsx';
import styles from './SitePage.module.css';
import { refreshSite, useLiveRuns, WorkBand } from './WorkBand.tsx';
import { siteWords } from './words.ts';

// What lies below the fold comes after what the reader came for.
const Below = lazy(async () => ({ default: (await import('./BelowTheLine.tsx')).BelowTheLine }));
const route = getRouteApi('/console/sites/$site');

/** One site: how it is, what runs, the moments to go back to, and everything known of it. */
export function SitePage() {
  const { site } = route.useParams();
  const words = useWords(siteWords);
  const found = useQuery(api.sites.show.queryOptions({ input: { site } }));
  useTitle(found.data === undefined ? undefined : nameOf(found.data.url));
  if (found.isError && found.data === undefined) {
    if (apiErrorOf(found.error).status === 404) return <UnknownSite />;
    return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) {
    return (
      <>
        <Sentence>{words.line.title}</Sentence>
        <Skeleton block lines={3} />
      </>
    );
  }
  return <KnownSite site={found.data} />;
}

/** The address as people say it. */
export function nameOf(url: string): string {
  return url.replace(/^https?:\/\//u, '');
}

export function UnknownSite() {
  const words = useWords(siteWords).notFound;
  return (
    <>
      <Sentence>{words.title}</Sentence>
      <EmptyState heading={words.text} action={<ButtonLink to="/">{words.action}</ButtonLink>} />
    </>
  );
}

function KnownSite({ site }: { site: Site }) {
  const words = useWords(siteWords);
  const language = useLanguage();
  const { snapshot } = route.useSearch();
  const navigate = route.useNavigate();
  const runs = useLiveRuns(site.id);
  const choose = useCallback(
    (id: string) => void navigate({ search: { snapshot: id.slice(0, 16) }, replace: true, resetScroll: false }),
    [navigate],
  );
  const isPaired = site.pairedAt !== null;
  const isRemoved = site.removedAt !== null;
  const backUp = <BackUpNow site={site.id} isPrimary={false} />;
  return (
    <>
      <Sentence
        above={
          <>
            <Link to="/">{words.sites}</Link> / {site.customer.name}
          </>
        }
        below={<Facts site={site} />}
        actions={
          isPaired &&
          !isRemoved && (
            <>
              {backUp}
              <ButtonLink to="/sites/$site/restore" params={{ site: site.id }}>
                {words.restore}
              </ButtonLink>
            </>
          )
        }
      >
        {nameOf(site.url)}
      </Sentence>
      <WorkBand site={site.id} runs={runs} />
      <Moments
        site={site.id}
        chosen={snapshot}
        onChoose={choose}
        isPaired={isPaired}
        action={
          isPaired ? (
            <BackUpNow site={site.id} isPrimary />
          ) : (
            <ButtonLink to="/sites/new" search={{ site: site.id }} look="primary">
              {overviewWords(language).actions.pair}
            </ButtonLink>
          )
        }
      />
      <Suspense fallback={<Skeleton block lines={2} />}>
        <Below site={site} />
      </Suspense>
    </>
  );
}

/** State and facts in one line. */
function Facts({ site }: { site: Site }) {
  const words = useWords(siteWords).lead;
  const language = useLanguage();
  const overview = useQuery(api.overview.sites.queryOptions({ input: { ids: [site.id] } }));
  const row = overview.data?.rows[0];
  const marks = { broken: 'broken', unsure: 'unsure', waits: 'work', working: 'work', well: 'well' } as const;
  const facts = [
    site.wordpressVersion === null ? undefined : `WordPress ${site.wordpressVersion}`,
    row?.php == null ? undefined : `PHP ${row.php}`,
    site.size === null
      ? words.notMeasured
      : words.ofLimit(bytesInWords(site.size.totalBytes, language), bytesInWords(site.limitBytes, language)),
  ].filter((fact) => fact !== undefined);
  const why = row?.reasons[0];
  return (
    <span className={styles.facts}>
      {site.removedAt !== null ? (
        <StateMark state="off">{words.removed}</StateMark>
      ) : site.pairedAt === null ? (
        <StateMark state="off">{words.notPaired}</StateMark>
      ) : (
        row !== undefined && (
          <StateMark state={marks[row.state]}>
            {overviewWords(language).states[row.state]}
            {row.state !== 'well' && why !== undefined && ` · ${reasonInWords(why, language)}`}
          </StateMark>
        )
      )}
      <span>{facts.join(' · ')}</span>
    </span>
  );
}

export function BackUpNow({ site, isPrimary }: { site: string; isPrimary: boolean }) {
  const words = useWords(siteWords);
  const start = useMutation(
    api.backups.start.mutationOptions({
      onSuccess: async ({ isNew }) => {
        toast(isNew ? words.backUpAsked : words.backUpJoined);
        await refreshSite(site);
      },
    }),
  );
  return (
    <>
      <Button look={isPrimary ? 'primary' : 'plain'} working={start.isPending} onClick={() => start.mutate({ site })}>
        {words.backUpNow}
      </Button>
      {start.error !== null && <ErrorNote error={start.error} />}
    </>
  );
}
