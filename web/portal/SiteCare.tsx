import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { MySiteInFull } from '../../src/portal/contract.ts';
import { branding } from '../shell/branding.ts';
import { useTitle } from '../shell/title.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useWords } from '../ui/language.tsx';
import { useNow } from '../ui/now.ts';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { WatchStrip } from '../ui/WatchStrip.tsx';
import { AskRestore } from './AskRestore.tsx';
import { Promises } from './Promises.tsx';
import { Requests } from './Requests.tsx';
import { nameOf } from './site-marks.ts';
import styles from './Portal.module.css';
import { MyOutages } from './WatchPromise.tsx';
import { portalWords } from './words.ts';

/** One site to its owner: how it is in one sentence, each promise with its proof, and the way to ask. */
export function SiteCare({ site: id, hasOthers = false }: { site: string; hasOthers?: boolean }) {
  const words = useWords(portalWords);
  const query = useQuery({ ...api.portal.site.queryOptions({ input: { site: id } }), refetchInterval: 60_000 });
  useTitle(query.data && nameOf(query.data.url));
  if (query.error && !query.data) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton />;
  const site = query.data;
  const name = nameOf(site.url);
  return (
    <>
      <Sentence
        above={hasOthers ? <Link to="/mine">{words.back}</Link> : words.caresFor(branding.name)}
        below={words.below[site.reason]}
      >
        {words.states[site.reason](name)}
      </Sentence>
      {(site.lastBackupAt !== null || site.watch.state !== 'unwatched') && <Strip site={site} />}
      <Promises site={site} />
      <MyOutages watch={site.watch} />
      <AskRestore site={site} />
      {site.requests.length > 0 && <Requests requests={site.requests} />}
    </>
  );
}

const hourMs = 3_600_000;

function Strip({ site }: { site: MySiteInFull }) {
  const words = useWords(portalWords);
  const now = useNow();
  const moments = useQuery(api.portal.snapshots.queryOptions({ input: { site: site.id } }));
  const span = site.plan === 'hourly' ? 'day' : 'quarter';
  const from = now - (span === 'day' ? 24 : 90 * 24) * hourMs;
  // Work of our own was announced: it is no outage to the customer.
  const outages = site.watch.outages
    .filter(({ cause }) => cause !== null)
    .map((each) => ({ from: Date.parse(each.from), until: each.to === null ? null : Date.parse(each.to) }));
  const watched = site.watch.state !== 'unwatched';
  const backups = (moments.data ?? []).map(({ at, usable }) => ({ at: Date.parse(at), good: usable }));
  return (
    <div className={styles.day}>
      <WatchStrip
        from={from}
        to={now}
        timeZone={site.timeZone}
        span={span}
        backups={backups}
        {...(watched && { outages, watchedFrom: Date.parse(site.watch.watchedSince) })}
        large
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{words.ago[span]}</span>
        <span>{words.now}</span>
      </div>
    </div>
  );
}
