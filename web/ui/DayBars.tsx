import { numberInWords, type Language } from '../../src/platform/words.ts';
import { stateOfDay, sumOfDays, type DayFacts, type DayState } from './day-bars.ts';
import { dayBarsWords } from './day-bars-words.ts';
import { durationInWords } from './duration-words.ts';
import styles from './DayBars.module.css';
import { useLanguage, useWords } from './language.tsx';
import { dateOnly } from './moment-words.ts';
import { uiWords } from './words.ts';

/** Height and place of a bar, of 40: a day that was not well is taller, one that nobody watched is a line. */
const shapes: Record<DayState, { y: number; height: number }> = {
  well: { y: 12, height: 28 },
  out: { y: 0, height: 40 },
  maintenance: { y: 12, height: 28 },
  unwatched: { y: 36, height: 4 },
};

/**
 * One bar for each day, the oldest at the left. States differ in height and sign as well as in colour; a screen reader
 * hears the sum and the days with an outage.
 */
export function DayBars({ days }: { days: readonly DayFacts[] }) {
  const language = useLanguage();
  const words = useWords(dayBarsWords);
  const { unit } = useWords(uiWords);
  const length = (ms: number): string => durationInWords(ms, language, unit);
  const slot = 100 / Math.max(1, days.length);
  const first = days[0];
  return (
    <figure className={styles.figure}>
      <svg className={styles.bars} role="img" aria-label={daysInWords(days, language, length)}>
        {days.map((day, at) => {
          const state = stateOfDay(day);
          const { y, height } = shapes[state];
          return (
            <g key={day.day}>
              {/* The whole height takes the mouse. */}
              <rect className={styles.touch} x={`${at * slot}%`} width={`${slot}%`} y="0" height="40" />
              <rect
                className={styles[state]}
                x={`${at * slot + slot * 0.12}%`}
                width={`${slot * 0.76}%`}
                y={y}
                height={height}
                rx="1.5"
              />
              {state === 'maintenance' && (
                <svg x={`${(at + 0.5) * slot}%`} y="4" overflow="visible">
                  <path className={styles.diamond} d="M0-3l3 3-3 3-3-3z" />
                </svg>
              )}
              <title>{`${dateOnly(noonOf(day.day), { language })}: ${words.day[state](length(day.outageMs || day.maintenanceMs))}`}</title>
            </g>
          );
        })}
      </svg>
      {first && (
        <figcaption className={styles.ends}>
          <span>{words.ago(numberInWords(days.length, language))}</span>
          <span className={styles.key}>
            {(['well', 'out', 'maintenance', 'unwatched'] as const)
              .filter((state) => days.some((day) => stateOfDay(day) === state))
              .map((state) => (
                <span key={state}>
                  <svg width="8" height="12" aria-hidden="true">
                    <rect
                      className={styles[state]}
                      width="6"
                      y={shapes[state].y * 0.3}
                      height={shapes[state].height * 0.3}
                    />
                  </svg>{' '}
                  {words.states[state]}
                </span>
              ))}
          </span>
          <span>{words.today}</span>
        </figcaption>
      )}
    </figure>
  );
}

/** A calendar day as a moment that is on that day in every zone of the reader's. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

/** The bars as a sentence. */
export function daysInWords(days: readonly DayFacts[], language: Language, length: (ms: number) => string): string {
  const words = dayBarsWords(language);
  const { outDays, outageMs, watchedDays } = sumOfDays(days);
  if (watchedDays === 0) return words.never;
  const span = words.span(numberInWords(days.length, language));
  if (outDays === 0) return `${span}: ${words.none}`;
  const bad = days.filter((day) => stateOfDay(day) === 'out').slice(-10);
  const listed = bad.map(({ day }) => dateOnly(noonOf(day), { language })).join(', ');
  return `${span}: ${words.sum(outDays, length(outageMs))} ${listed}.`;
}
