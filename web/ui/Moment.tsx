import { classNames } from './class-names.ts';
import { useLanguage, useWords } from './language.tsx';
import { dateAndTime, dateOnly, exactly, relatively, shortly, timeOnly } from './moment-words.ts';
import styles from './Moment.module.css';
import { useNow } from './now.ts';
import { uiWords } from './words.ts';

interface MomentProps {
  /** ISO 8601; null = never. */
  at: string | Date | null;
  /**
   * `relative`: 3 minutes ago. `short`: 03:10, ma 03:10, 25 nov. `full`: 25 nov 2026, 03:10. `date`, `time`.
   */
  how?: 'relative' | 'short' | 'full' | 'date' | 'time';
  /** In a table at the right: the exact time opens to the left. */
  align?: 'start' | 'end';
  /** No stop of the Tab key of its own: for tables of many. The exact time then shows at the mouse only. */
  quiet?: boolean;
}

/** A time in the reader's zone; its exact form shows on hover and focus. */
export function Moment({ at, how = 'relative', align, quiet = false }: MomentProps) {
  const language = useLanguage();
  const words = useWords(uiWords);
  const now = useNow();
  if (at === null) return <span>{words.never}</span>;
  const moment = new Date(at);
  const zone = { language };
  const exact = exactly(moment, zone);
  const text = {
    relative: () => relatively(moment, now, language),
    short: () => shortly(moment, now, zone),
    full: () => dateAndTime(moment, zone),
    date: () => dateOnly(moment, zone),
    time: () => timeOnly(moment, zone),
  }[how]();
  if (quiet) {
    return (
      <time className={styles.moment} dateTime={moment.toISOString()} title={exact}>
        {text}
      </time>
    );
  }
  return (
    <time
      className={classNames(styles.moment, align === 'end' && styles.end)}
      dateTime={moment.toISOString()}
      data-exact={exact}
      // The exact time must be reachable by keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {text}
    </time>
  );
}
