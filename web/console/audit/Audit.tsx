import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Audit.module.css';
import { AuditTable } from './AuditTable.tsx';
import { Filters } from './Filters.tsx';
import { toInput, type AuditSearch } from './search.ts';
import { auditWords } from './words.ts';

const pageSize = 100;

/** Who did what, when, on which site; what is searched stands in the address. */
export function Audit() {
  const words = useWords(auditWords);
  const search = useSearch({ from: '/console/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const query = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (before: number | undefined) => ({
        ...toInput(search),
        ...(before === undefined ? {} : { before }),
        limit: pageSize,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.id),
      placeholderData: (before) => before,
    }),
  );
  const change = (next: AuditSearch) => void navigate({ search: next, replace: true });
  const entries = query.data?.pages.flat();
  return (
    <>
      <Sentence below={words.below}>{words.heading}</Sentence>
      <Filters search={search} onChange={change} />
      {search.site !== undefined && (
        <p className={styles.only}>
          {words.site(entries?.find(({ site }) => site?.id === search.site)?.site?.url ?? search.site)}{' '}
          <Button
            size="small"
            onClick={() => {
              const { site: _site, ...rest } = search;
              change(rest);
            }}
          >
            {words.allSites}
          </Button>
        </p>
      )}
      {query.error && !entries ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : !entries ? (
        <Skeleton block />
      ) : entries.length === 0 ? (
        <EmptyState
          heading={words.nothing}
          action={<Button onClick={() => change({ kind: 'all' })}>{words.clear}</Button>}
        >
          {words.nothingBelow}
        </EmptyState>
      ) : (
        <Panel>
          <AuditTable entries={entries} />
          <div className={styles.more}>
            {query.hasNextPage ? (
              <Button onClick={() => void query.fetchNextPage()} working={query.isFetchingNextPage}>
                {words.older}
              </Button>
            ) : (
              <span className={styles.soft}>{words.end}</span>
            )}
          </div>
        </Panel>
      )}
    </>
  );
}
