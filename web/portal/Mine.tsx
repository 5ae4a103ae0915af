import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { branding } from '../shell/branding.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { shortly } from '../ui/moment-words.ts';
import { useNow } from '../ui/now.ts';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { SiteCare } from './SiteCare.tsx';
import { markOf, nameOf } from './site-marks.ts';
import styles from './Portal.module.css';
import { portalWords } from './words.ts';

/** A customer's first page: how his sites are. With one site it is that site's page. */
export function Mine() {
  const words = useWords(portalWords);
  const language = useLanguage();
  const now = useNow();
  const sites = useQuery({ ...api.portal.sites.queryOptions(), refetchInterval: 60_000 });
  if (sites.error && !sites.data) return <ErrorNote error={sites.error} onRetry={() => void sites.refetch()} />;
  if (!sites.data) return <Skeleton />;
  const [first] = sites.data;
  if (first === undefined) {
    return (
      <>
        <Sentence above={branding.name}>{words.sites}</Sentence>
        <EmptyState heading={words.noSites}>{words.noSitesBelow}</EmptyState>
      </>
    );
  }
  if (sites.data.length === 1) return <SiteCare site={first.id} />;
  const busy = sites.data.filter(({ state }) => state !== 'well').length;
  return (
    <>
      <Sentence above={words.caresFor(branding.name)}>
        {busy === 0 ? words.allWell(sites.data.length) : words.someNot(busy)}
      </Sentence>
      <ul className={styles.list} aria-label={words.sites}>
        {sites.data.map((site) => (
          <li key={site.id} className={styles.line}>
            <Link to="/mine/$site" params={{ site: site.id }} className={styles.site}>
              {nameOf(site.url)}
            </Link>
            <div>
              <StateMark state={markOf(site)}>{words.brief[site.reason]}</StateMark>
            </div>
            {site.lastBackupAt !== null && (
              <p>{words.backupAt(shortly(new Date(site.lastBackupAt), now, { language }))}</p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
