import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useLanguage } from './language.tsx';
import { dateOnly, exactly, secondsOnly } from './moment-words.ts';
import type { State } from './StateMark.tsx';
import styles from './Timeline.module.css';

export interface TimelineEntry {
  key: string;
  /** ISO 8601. */
  at: string;
  /** Which mark stands before it; none = a small one. */
  state?: State | undefined;
  text: ReactNode;
  /** How long after the first, or by whom: small, behind it. */
  note?: ReactNode;
  detail?: ReactNode;
}

const shapes: Record<State, string> = { well: '●', broken: '▲', unsure: '◐', work: '◆', off: '○' };

/** What happened, in order, with exact seconds: the proof of an incident. A day's name stands before its first line. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  const language = useLanguage();
  let day = '';
  return (
    <ol className={styles.timeline} aria-label={label}>
      {entries.map(({ key, at, state, text, note, detail }) => {
        const moment = new Date(at);
        const date = dateOnly(moment, { language });
        const isNewDay = date !== day;
        day = date;
        return (
          <li key={key} className={styles.entry}>
            {isNewDay && <span className={styles.day}>{date}</span>}
            <time className={styles.time} dateTime={moment.toISOString()} title={exactly(moment, { language })}>
              {secondsOnly(moment, { language })}
            </time>
            <span className={classNames(styles.shape, state && styles[state])} aria-hidden="true">
              {state === undefined ? '·' : shapes[state]}
            </span>
            <div className={styles.text}>
              {text}
              {note !== undefined && <span className={styles.note}> {note}</span>}
              {detail !== undefined && <div className={styles.detail}>{detail}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
