import { useQuery } from '@tanstack/react-query';
import type { Days } from '../../../src/monitoring/contract.ts';
import { api } from '../../api.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { DayBars } from '../../ui/DayBars.tsx';
import { durationInWords } from '../../ui/duration-words.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Why } from '../../ui/Why.tsx';
import { uiWords } from '../../ui/words.ts';
import { availabilityInWords } from '../../watch-facts.ts';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

const shownDays = 90;

/** Ninety days of a site as bars, this month in a sentence, and the way to all of the watch. */
export function Availability({ site, hasLink = true }: { site: string; hasLink?: boolean }) {
  const words = useWords(availabilityWords);
  const days = useQuery(api.monitoring.days.queryOptions({ input: { site, days: shownDays }, staleTime: 60_000 }));
  return (
    <Panel
      title={words.title}
      note={words.bars}
      className={styles.wide ?? ''}
      actions={
        hasLink && (
          <ButtonLink to="/sites/$site/watch" params={{ site }} size="small">
            {words.all}
          </ButtonLink>
        )
      }
    >
      {days.error && !days.data && <ErrorNote error={days.error} onRetry={() => void days.refetch()} />}
      {days.isPending && <Skeleton lines={2} />}
      {days.data && (
        <div className={styles.gaps}>
          <ThisMonth site={site} timeZone={days.data.timeZone} />
          <DayBars days={days.data.days} />
        </div>
      )}
    </Panel>
  );
}

/** `Deze maand 99,98% bereikbaar: 1 storing, samen 12 min. waarom?` */
function ThisMonth({ site, timeZone }: { site: string; timeZone: string }) {
  // As many days as the agency's month has so far.
  const today = Number(new Intl.DateTimeFormat('en', { timeZone, day: 'numeric' }).format(useNow()));
  const { data } = useQuery(api.monitoring.days.queryOptions({ input: { site, days: today }, staleTime: 60_000 }));
  return data === undefined ? <Skeleton lines={1} /> : <MonthSentence month={data} />;
}

export function MonthSentence({ month }: { month: Pick<Days, 'availability' | 'outages' | 'outageMinutes'> }) {
  const words = useWords(availabilityWords);
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const { availability, outages, outageMinutes } = month;
  if (availability === null) return <p className={styles.soft}>{words.notYet}</p>;
  const minutes = durationInWords(outageMinutes * 60_000, language, unit);
  return (
    <p>
      <b>{words.month(availabilityInWords(availability, language))}</b>:{' '}
      {outages === 0 ? words.monthNone : words.monthOutages(outages, minutes)}.{' '}
      <Why>
        {words.why(outages, minutes).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Why>
    </p>
  );
}
