import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import type { Timeline } from '../../src/backups/moments/contract.ts';
import { numberInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { dateOnly } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { Why } from '../ui/Why.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { ChosenMoment } from './ChosenMoment.tsx';
import { FindMoment } from './FindMoment.tsx';
import styles from './Moments.module.css';
import { barOf } from './place-in-line.ts';
import { Scrubber, ScrubberKey } from './Scrubber.tsx';
import { siteWords } from './words.ts';

interface MomentsProps {
  site: string;
  /** Id (or its beginning) of the chosen snapshot; undefined = the newest good one. */
  chosen: string | undefined;
  onChoose: (id: string) => void;
  isPaired: boolean;
  /** The next step while there is nothing yet. */
  action: React.ReactNode;
}

/** Time that arrow keys may go on before the chosen moment is asked for. */
const restMs = 160;

/** 'Moments to go back to': the line, and below it what is known of the chosen one. */
export function Moments({ site, chosen, onChoose, isPaired, action }: MomentsProps) {
  const words = useWords(siteWords).line;
  const [range, setRange] = useState<{ from: string; to: string }>();
  const line = useQuery(
    api.moments.timeline.queryOptions({
      input: { site, ...range },
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  );
  if (line.isError && line.data === undefined) {
    return (
      <Panel title={words.title}>
        <ErrorNote error={line.error} onRetry={() => void line.refetch()} />
      </Panel>
    );
  }
  if (line.data === undefined) {
    return (
      <Panel title={words.title}>
        <Skeleton block lines={1} />
      </Panel>
    );
  }
  if (line.data.all === 0) {
    return (
      <Panel>
        <EmptyState heading={words.none} action={action}>
          {isPaired ? words.noneText : words.notPairedText}
        </EmptyState>
      </Panel>
    );
  }
  return <Line site={site} line={line.data} range={range} onRange={setRange} chosen={chosen} onChoose={onChoose} />;
}

interface LineProps {
  site: string;
  line: Timeline;
  range: { from: string; to: string } | undefined;
  onRange: (range: { from: string; to: string } | undefined) => void;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function Line({ site, line, range, onRange, chosen, onChoose }: LineProps) {
  const words = useWords(siteWords).line;
  const language = useLanguage();
  const labelId = useId();
  const [wanted, setWanted] = useState<{ id: string; takenAt: string }>();
  const moment = useQuery(
    api.moments.show.queryOptions({
      input: { site, ...(chosen === undefined ? {} : { snapshot: chosen }) },
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  );
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const timer = setTimeout(() => {
      onChoose(wanted.id);
      setWanted(undefined);
    }, restMs);
    return () => clearTimeout(timer);
  }, [wanted, onChoose]);

  const here = wanted ?? moment.data ?? undefined;
  const index = barOf(line, here);
  const bar = line.bars[index];
  const number = (value: number) => numberInWords(value, language);
  const choose = (at: number) => {
    const found = line.bars[at]?.moment;
    if (found) setWanted(found);
  };
  const oldest = line.oldest === null ? '' : dateOnly(new Date(line.oldest), { language });
  return (
    <Panel
      title={<span id={labelId}>{words.title}</span>}
      note={
        <>
          {line.all === 1 ? words.one : words.note(number(line.all), oldest)}
          {line.unit !== 'moment' && ` · ${words.unit[line.unit]}`} · <RetentionWhy site={site} />
        </>
      }
      actions={<FindMoment site={site} line={line} onFound={setWanted} />}
    >
      {line.count > 0 && (
        <Scrubber
          line={line}
          index={index}
          onIndex={choose}
          onZoom={(one) => onRange({ from: one.from, to: one.to })}
          onZoomOut={range === undefined ? undefined : () => onRange(undefined)}
          labelId={labelId}
        />
      )}
      <div className={styles.below}>
        <ScrubberKey line={line} />
        <div className={styles.zoom}>
          {bar !== undefined && bar.snapshots > 1 && (
            <Button size="small" onClick={() => onRange({ from: bar.from, to: bar.to })}>
              {words.zoomIn(number(bar.snapshots))}
            </Button>
          )}
          {range !== undefined && (
            <Button size="small" onClick={() => onRange(undefined)}>
              {words.zoomOut}
            </Button>
          )}
        </div>
      </div>
      {line.failedSince > 0 && (
        <p className={styles.warning}>
          <StateMark state="broken">{words.failedSince(number(line.failedSince), line.failedSince === 1)}</StateMark>
        </p>
      )}
      {line.gapSince !== null && (
        <p className={styles.warning}>
          <StateMark state="broken">{words.gapSince(dateOnly(new Date(line.gapSince), { language }))}</StateMark> (
          <Moment at={line.gapSince} />)
        </p>
      )}
      <div className={styles.chosen} aria-busy={moment.isPlaceholderData || undefined}>
        {moment.isError ? (
          <ErrorNote error={moment.error} onRetry={() => void moment.refetch()} />
        ) : moment.data ? (
          <ChosenMoment site={site} moment={moment.data} onChoose={setWanted} />
        ) : (
          <Skeleton />
        )}
      </div>
    </Panel>
  );
}

/** The rule of retention, beside the count. */
function RetentionWhy({ site }: { site: string }) {
  const words = useWords(siteWords).line;
  const language = useLanguage();
  const settings = useQuery(api.backups.settings.queryOptions({ input: { site }, staleTime: 60_000 }));
  return (
    <Why label={words.whyTitle}>
      {settings.data?.rule[language].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Why>
  );
}
