import { classNames } from '../../ui/class-names.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { dateAndTime } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { placeIn, weeksOf, type DutySpan } from './calendar-weeks.ts';
import styles from './DutyCalendar.module.css';
import { dutyWords } from './words.ts';

interface DutyCalendarProps {
  label: string;
  spans: readonly DutySpan[];
  /** Any moment in the first week, milliseconds since 1970. */
  from: number;
  weeks: number;
  timeZone: string;
  /** Name of a guard by id. */
  nameOf: (guard: string) => string;
}

/**
 * Who is on duty, week by week. Each turn is a bar with the name in it; a hole says so in words and red. A screen reader
 * hears the turns as a list.
 */
export function DutyCalendar({ label, spans, from, weeks, timeZone, nameOf }: DutyCalendarProps) {
  const words = useWords(dutyWords).calendar;
  const language = useLanguage();
  const now = useNow();
  const rows = weeksOf(spans, from, weeks, timeZone);
  const day = new Intl.DateTimeFormat(language, { timeZone, weekday: 'short' });
  const date = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
  });
  const when = (at: number): string => dateAndTime(new Date(at), { language, timeZone });
  const first = rows[0];
  return (
    <div className={styles.calendar}>
      <div aria-hidden="true" className={styles.weeks}>
        <div className={classNames(styles.week, styles.names)}>
          <span />
          <span className={styles.days}>
            {first?.days.slice(0, 7).map((at) => (
              <span key={at}>{day.format(at)}</span>
            ))}
          </span>
        </div>
        {rows.map(({ monday, days, bars }) => {
          const [start = 0, end = 0] = [days[0], days[7]];
          return (
            <div key={monday} className={styles.week}>
              <span className={styles.date}>{date.format(start)}</span>
              <svg className={styles.line} width="100%" height="40">
                {days.slice(1, 7).map((at, nth) => (
                  <line
                    key={at}
                    className={styles.midnight}
                    x1={`${((nth + 1) / 7) * 100}%`}
                    x2={`${((nth + 1) / 7) * 100}%`}
                    y1="0"
                    y2="40"
                  />
                ))}
                {bars.map(({ x, width, span }) => (
                  <svg key={`${span.from} ${x}`} x={`${x}%`} width={`${width}%`} height="40">
                    <rect
                      className={classNames(
                        styles.bar,
                        span.guard === null && styles.hole,
                        span.isOverride && styles.override,
                        isNow(span, now) && span.guard !== null && styles.current,
                      )}
                      y="5"
                      height="30"
                      rx="5"
                    />
                    <text className={span.guard === null ? styles.holeText : styles.text} x="9" y="25">
                      {span.guard === null
                        ? `▲ ${words.nobody}`
                        : `${span.isOverride ? '◆ ' : ''}${nameOf(span.guard)}`}
                    </text>
                    <title>{`${span.guard === null ? words.nobody : nameOf(span.guard)}: ${when(span.from)} – ${when(span.to)}`}</title>
                  </svg>
                ))}
                {now >= start && now < end && (
                  <line
                    className={styles.now}
                    x1={`${placeIn(days, now)}%`}
                    x2={`${placeIn(days, now)}%`}
                    y1="0"
                    y2="40"
                  />
                )}
              </svg>
            </div>
          );
        })}
      </div>
      <ol className={styles.told} aria-label={label}>
        {spans
          .filter(({ to }) => to > now)
          .map((span) => (
            <li key={span.from}>
              {words.turn(
                span.guard === null ? words.nobody : nameOf(span.guard),
                when(span.from),
                when(span.to),
                span.isOverride,
              )}
            </li>
          ))}
      </ol>
    </div>
  );
}

/** The plan begins a moment after the page's own clock ticked. */
function isNow({ from, to }: DutySpan, now: number): boolean {
  return from <= now + 60_000 && now < to;
}
