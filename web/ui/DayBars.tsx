import { numberInWords, type Language } from '../../src/platform/words.ts';
import { sumOfDays, type DayFacts, type DayState } from './day-bars.ts';
import { dayBarsWords } from './day-bars-words.ts';
import { durationInWords } from './duration-words.ts';
import styles from './DayBars.module.css';
import { useLanguage, useWords } from './language.tsx';
import { dateOnly } from './moment-words.ts';
import { uiWords } from './words.ts';

/** Height and place of a bar, of 40: a day with an outage is taller, one that nobody saw is lower. */
const shapes: Record<DayState, { y: number; height: number }> = {
  well: { y: 12, height: 28 },
  maintenance: { y: 12, height: 28 },
  out: { y: 0, height: 40 },
  unknown: { y: 26, height: 14 },
  none: { y: 36, height: 4 },
};
const states = ['well', 'out', 'maintenance', 'unknown', 'none'] as const;

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
  return (
    <figure className={styles.figure}>
      <svg className={styles.bars} role="img" aria-label={daysInWords(days, language, length)}>
        {days.map(({ day, worst, outageMinutes }, at) => (
          <g key={day}>
            {/* The whole height takes the mouse. */}
            <rect className={styles.touch} x={`${at * slot}%`} width={`${slot}%`} y="0" height="40" />
            <rect
              className={styles[worst]}
              x={`${at * slot + slot * 0.12}%`}
              width={`${slot * 0.76}%`}
              y={shapes[worst].y}
              height={shapes[worst].height}
              rx="1.5"
            />
            {worst === 'maintenance' && (
              <svg x={`${(at + 0.5) * slot}%`} y="4" overflow="visible">
                <path className={styles.diamond} d="M0-3l3 3-3 3-3-3z" />
              </svg>
            )}
            <title>{`${dateOnly(noonOf(day), { language })}: ${words.day[worst](length(outageMinutes * 60_000))}`}</title>
          </g>
        ))}
      </svg>
      <figcaption className={styles.ends}>
        <span>{words.ago(numberInWords(days.length, language))}</span>
        <span className={styles.key}>
          {states
            .filter((state) => days.some(({ worst }) => worst === state))
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
    </figure>
  );
}

/** A calendar day as a moment that is on that day in the reader's zone. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

/** The bars as a sentence. */
export function daysInWords(days: readonly DayFacts[], language: Language, length: (ms: number) => string): string {
  const words = dayBarsWords(language);
  const { bad, outageMinutes, watchedDays } = sumOfDays(days);
  if (watchedDays === 0) return words.never;
  const span = words.span(numberInWords(days.length, language));
  if (bad.length === 0) return `${span}: ${words.none}`;
  const listed = bad.slice(-10).map((day) => dateOnly(noonOf(day), { language }));
  return `${span}: ${words.sum(bad.length, length(outageMinutes * 60_000))} ${listed.join(', ')}.`;
}
