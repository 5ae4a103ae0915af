import type { MyWatch } from '../../src/portal/contract.ts';
import { statusWords } from '../../src/status-pages/words.ts';
import { durationInWords } from '../ui/duration-words.ts';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime, relatively, shortly } from '../ui/moment-words.ts';
import { useNow } from '../ui/now.ts';
import type { State } from '../ui/StateMark.tsx';
import { uiWords } from '../ui/words.ts';
import { availabilityInWords } from '../watch-facts.ts';
import styles from './Portal.module.css';
import { PromiseLine } from './PromiseLine.tsx';
import { watchPromiseWords } from './watch-words.ts';

const marks: Record<MyWatch['state'], State> = {
  well: 'well',
  out: 'broken',
  work: 'work',
  unsure: 'unsure',
  unwatched: 'off',
};

/** 'Watched around the clock', with its proof: this month, how often we look, how soon one of us knew. */
export function WatchPromise({ watch }: { watch: MyWatch }) {
  const words = useWords(watchPromiseWords);
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const now = useNow();
  const { state, since, thisMonth, lastLookAt, everySeconds, promise } = watch;
  const length = (ms: number): string => durationInWords(ms, language, unit);
  const { share, outages, outMinutes } = thisMonth;
  const lines = [
    state === 'out' ? words.busy : undefined,
    state === 'unwatched'
      ? undefined
      : share === null
        ? words.notYet
        : outages === 0
          ? words.noOutage
          : words.thisMonth(outages, length(outMinutes * 60_000), availabilityInWords(share, language)),
    lastLookAt === null || state === 'unwatched'
      ? undefined
      : words.looked(words.every(everySeconds), relatively(new Date(lastLookAt), now, language)),
    promise.outages === 0
      ? undefined
      : words.told(
          promise.kept,
          promise.outages,
          length(promise.withinSeconds * 1000),
          promise.slowestSeconds === null ? undefined : length(promise.slowestSeconds * 1000),
        ),
  ];
  return (
    <PromiseLine
      state={marks[state]}
      title={words.title[state](since === null ? '' : shortly(new Date(since), now, { language }))}
    >
      {lines.filter((line) => line !== undefined).join(' ')}
    </PromiseLine>
  );
}

/** Outages of this month and the last, each with its length, what visitors saw, and how soon somebody was on it. */
export function MyOutages({ watch }: { watch: MyWatch }) {
  const words = useWords(watchPromiseWords);
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  if (watch.outages.length === 0) return null;
  const length = (ms: number): string => durationInWords(ms, language, unit);
  return (
    <section className={styles.requests}>
      <h2>{words.outages}</h2>
      <ul className={styles.list}>
        {watch.outages.map(({ from, to, minutes, cause, toldAfterSeconds, takenAfterSeconds }) => (
          <li key={from} className={styles.request}>
            <span className={styles.what}>
              {dateAndTime(new Date(from), { language })} ·{' '}
              {to === null ? words.lasts : length(Math.max(1, minutes) * 60_000)}
            </span>
            <span>{cause === null ? words.work : statusWords(language).causes[cause]}</span>
            {(toldAfterSeconds !== null || takenAfterSeconds !== null) && (
              <span className={styles.soft}>
                {[
                  toldAfterSeconds === null ? undefined : words.toldAfter(length(toldAfterSeconds * 1000)),
                  takenAfterSeconds === null ? undefined : words.takenAfter(length(takenAfterSeconds * 1000)),
                ]
                  .filter((each) => each !== undefined)
                  .join(' · ')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
