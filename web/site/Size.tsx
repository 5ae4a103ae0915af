import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Growth } from '../../src/backups/moments/contract.ts';
import { bytesInWords, numberInWords, percentInWords } from '../../src/platform/words.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime, dateOnly } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Table } from '../ui/Table.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Size.module.css';
import { siteWords } from './words.ts';

/** How large the site is and was, where that leads, and what weighs most. */
export function Size({ site }: { site: Site }) {
  const words = useWords(siteWords).size;
  const language = useLanguage();
  const growth = useQuery(api.moments.growth.queryOptions({ input: { site: site.id }, staleTime: 60_000 }));
  const measure = useMutation(
    api.sites.measure.mutationOptions({ onSuccess: () => toast(words.measured, { tone: 'well' }) }),
  );
  const canMeasure = site.pairedAt !== null && site.removedAt === null;
  return (
    <Panel
      title={words.title}
      note={site.size === null ? undefined : words.of(percentInWords(site.size.share, language))}
      actions={
        canMeasure && (
          <Button
            size="small"
            look="quiet"
            working={measure.isPending}
            onClick={() => measure.mutate({ site: site.id })}
          >
            {words.measure}
          </Button>
        )
      }
    >
      {measure.error !== null && <ErrorNote error={measure.error} />}
      {growth.isError && <ErrorNote error={growth.error} onRetry={() => void growth.refetch()} />}
      {growth.isPending && <Skeleton />}
      {growth.data?.points.length === 0 && <p className={styles.soft}>{words.none}</p>}
      {growth.data !== undefined && growth.data.points.length > 0 && (
        <>
          <p>{growth.data.words[language]}</p>
          <Curve growth={growth.data} />
          <Heaviest site={site.id} />
        </>
      )}
    </Panel>
  );
}

const width = 400;
const height = 110;

function Curve({ growth }: { growth: Growth }) {
  const words = useWords(siteWords).size;
  const language = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const { points, limitBytes } = growth;
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const total = (point: Growth['points'][number]) => point.filesBytes + point.databaseBytes;
  const bytes = (value: number) => bytesInWords(value, language);
  const day = (at: string) => dateOnly(new Date(at), { language });
  const most = Math.max(...points.map(total));
  // The limit is drawn when the site comes near it; otherwise it would flatten the line.
  const top = most > limitBytes * 0.5 ? Math.max(most, limitBytes) * 1.05 : most * 1.15;
  const [begin, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string) => (end === begin ? width : ((Date.parse(at) - begin) / (end - begin)) * width);
  const y = (value: number) => height - (value / top) * height;
  const area = (value: (point: Growth['points'][number]) => number) =>
    `M0 ${height}L0 ${y(value(first)).toFixed(1)}${points.map((point) => `L${x(point.at).toFixed(1)} ${y(value(point)).toFixed(1)}`).join('')}L${width} ${height}z`;
  return (
    <div className={styles.curve}>
      {asTable ? (
        <Table
          caption={words.list}
          columns={[
            { key: 'at', title: words.when, cell: (row) => day(row.at) },
            { key: 'files', title: words.files, cell: (row) => bytes(row.filesBytes), align: 'end' },
            { key: 'database', title: words.database, cell: (row) => bytes(row.databaseBytes), align: 'end' },
            { key: 'total', title: words.total, cell: (row) => bytes(total(row)), align: 'end' },
          ]}
          rows={points.toReversed().slice(0, 60)}
          keyOf={(row) => row.at}
        />
      ) : (
        <>
          <svg
            className={styles.picture}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={words.chart(day(first.at), day(last.at), bytes(total(first)), bytes(total(last)))}
          >
            <path className={styles.files} d={area(total)} />
            <path className={styles.database} d={area((point) => point.databaseBytes)} />
            {top >= limitBytes && <path className={styles.limit} d={`M0 ${y(limitBytes)}h${width}`} />}
          </svg>
          <div className={styles.ends} aria-hidden="true">
            <span>{day(first.at)}</span>
            <span>
              <span className={styles.filesKey}>▮</span> {words.files} <span className={styles.databaseKey}>▮</span>{' '}
              {words.database}
              {top >= limitBytes && ` · ┄ ${words.limit}`}
            </span>
            <span>{day(last.at)}</span>
          </div>
        </>
      )}
      <Button size="small" look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? words.picture : words.table}
      </Button>
    </div>
  );
}

const few = 8;

function Heaviest({ site }: { site: string }) {
  const words = useWords(siteWords).size;
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const weight = useQuery(api.moments.weight.queryOptions({ input: { site }, staleTime: 300_000 }));
  if (weight.isError) return <ErrorNote error={weight.error} onRetry={() => void weight.refetch()} />;
  if (weight.data === undefined) return <Skeleton />;
  const { parts, totalBytes, snapshot } = weight.data;
  if (snapshot === null) return null;
  return (
    <>
      <h3>
        {words.heaviest}{' '}
        <span className={styles.soft}>{words.heaviestNote(dateAndTime(new Date(snapshot.takenAt), { language }))}</span>
      </h3>
      <ul className={styles.parts}>
        {parts.slice(0, all ? undefined : few).map((part) => (
          <li key={`${part.kind} ${part.name}`}>
            <span className={styles.partName}>
              {part.kind === 'core' ? words.kinds.core : part.name}
              {part.kind !== 'core' && <span className={styles.soft}> {words.kinds[part.kind]}</span>}
            </span>
            <span className={styles.partSize}>
              {bytesInWords(part.bytes, language)}
              <span className={styles.soft}>
                {' · '}
                {(part.kind === 'table' ? words.rowsCount : words.filesCount)(
                  numberInWords(part.files, language),
                  part.files === 1,
                )}
              </span>
            </span>
            <span className={styles.bar} aria-hidden="true">
              <span style={{ width: `${totalBytes === 0 ? 0 : (part.bytes / totalBytes) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {parts.length > few && (
        <Button size="small" look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.less : words.more}
        </Button>
      )}
    </>
  );
}
