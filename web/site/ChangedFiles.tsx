import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bytesInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Pager } from '../ui/Pager.tsx';
import { Search } from '../ui/Search.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Table } from '../ui/Table.tsx';
import styles from './Changes.module.css';
import { siteWords } from './words.ts';

interface ChangedFilesProps {
  site: string;
  from: string;
  to: string;
  /** A part of the site, as a restore takes it. */
  scope?: { files?: string[]; tables?: string[] };
}

const pageSize = 50;
const kinds = ['all', 'added', 'changed', 'removed'] as const;

/** The files that differ between two snapshots, by page; searched and cut down on the server. */
export function ChangedFiles({ site, from, to, scope }: ChangedFilesProps) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const [kind, setKind] = useState<(typeof kinds)[number]>('all');
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(0);
  const files = useQuery(
    api.moments.changedFiles.queryOptions({
      input: {
        site,
        from,
        to,
        ...scope,
        ...(kind === 'all' ? {} : { kind }),
        ...(search === '' ? {} : { search }),
        offset: page * pageSize,
        limit: pageSize,
      },
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const size = (value: number | null) => (value === null ? '–' : bytesInWords(value, language));
  return (
    <div className={styles.list}>
      <div className={styles.tools}>
        <Search
          label={words.search}
          placeholder={words.search}
          value={search}
          onChange={(text) => {
            setSearch(text);
            setPage(0);
          }}
        />
        {kinds.map((one) => (
          <Button
            key={one}
            size="small"
            aria-pressed={kind === one}
            look={kind === one ? 'plain' : 'quiet'}
            onClick={() => {
              setKind(one);
              setPage(0);
            }}
          >
            {words.kinds[one]}
          </Button>
        ))}
      </div>
      {files.isError && <ErrorNote error={files.error} onRetry={() => void files.refetch()} />}
      {files.data === undefined && !files.isError && <Skeleton />}
      {files.data?.total === 0 && <p>{words.noneFound}</p>}
      {files.data !== undefined && files.data.total > 0 && (
        <>
          <Table
            caption={words.files}
            columns={[
              {
                key: 'path',
                title: words.path,
                cell: (row) => <code className={styles.path}>{row.path}</code>,
                wraps: true,
              },
              { key: 'kind', title: words.kind, cell: (row) => words.kinds[row.kind] },
              { key: 'before', title: words.sizeBefore, cell: (row) => size(row.sizeBefore), align: 'end' },
              { key: 'after', title: words.after, cell: (row) => size(row.sizeAfter), align: 'end' },
            ]}
            rows={files.data.files}
            keyOf={(row) => row.path}
            stacks
          />
          <Pager page={page} pageSize={pageSize} total={files.data.total} onPage={setPage} />
        </>
      )}
    </div>
  );
}
