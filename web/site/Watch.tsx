import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Timeline } from '../../src/backups/moments/contract.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../ui/language.tsx';
import { useNow } from '../ui/now.ts';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { WatchStrip } from '../ui/WatchStrip.tsx';
import styles from './SitePage.module.css';
import { siteWords } from './words.ts';

const minute = 60_000;
const quarterMs = 90 * 86_400_000;

/** The watch strip of the last day, or of ninety. */
export function Watch({ site }: { site: string }) {
  const { strip: words, work } = useWords(siteWords);
  const [span, setSpan] = useState<'day' | 'quarter'>('day');
  const now = useNow();
  const overview = useQuery(api.overview.sites.queryOptions({ input: { ids: [site] } }));
  // By the day, so that the question stays the same while the page is open.
  const from = new Date(Math.floor((now - quarterMs) / 86_400_000) * 86_400_000).toISOString();
  const line = useQuery(
    api.moments.timeline.queryOptions({ input: { site, from }, enabled: span === 'quarter', staleTime: minute }),
  );
  const timeZone = overview.data?.timeZone;
  const day = overview.data?.rows[0]?.strip;
  return (
    <Panel
      title={words.title}
      className={styles.wide ?? ''}
      actions={
        <fieldset className={styles.choice} aria-label={words.label}>
          {(['day', 'quarter'] as const).map((one) => (
            <Button
              key={one}
              size="small"
              look={span === one ? 'plain' : 'quiet'}
              aria-pressed={span === one}
              onClick={() => setSpan(one)}
            >
              {words[one]}
            </Button>
          ))}
        </fieldset>
      }
    >
      {timeZone !== undefined && span === 'day' && day !== undefined ? (
        <WatchStrip
          large
          span="day"
          timeZone={timeZone}
          from={Date.parse(day.from)}
          to={Date.parse(day.to)}
          backups={day.backups.map(({ at, good }) => ({ at: Date.parse(day.from) + at * minute, good }))}
          work={day.work.map((one) => ({
            at: Date.parse(day.from) + one.at * minute,
            until: one.until === null ? null : Date.parse(day.from) + one.until * minute,
            what: work.saga[one.saga] ?? one.saga,
          }))}
        />
      ) : timeZone !== undefined && span === 'quarter' && line.data !== undefined ? (
        <WatchStrip
          large
          span="quarter"
          timeZone={timeZone}
          from={Date.parse(from)}
          to={now}
          backups={ticksOf(line.data)}
        />
      ) : (
        <Skeleton lines={1} />
      )}
    </Panel>
  );
}

/** A tick for every bar that has a backup, and a bad one where they failed. */
function ticksOf(line: Timeline): { at: number; good: boolean }[] {
  return line.bars.flatMap((bar) => [
    ...(bar.moment === null
      ? []
      : [{ at: Date.parse(bar.moment.takenAt), good: bar.incomplete < bar.snapshots && bar.wrong === 0 }]),
    ...(bar.failed > 0 ? [{ at: Date.parse(bar.from), good: false }] : []),
  ]);
}
