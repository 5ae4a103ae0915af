import type { Language } from '../../src/platform/words.ts';
import { classNames } from './class-names.ts';
import { useLanguage, useWords } from './language.tsx';
import { dateAndTime, timeOnly } from './moment-words.ts';
import { layoutStrip, type StripFacts } from './strip-layout.ts';
import { stripWords } from './strip-words.ts';
import styles from './WatchStrip.module.css';

interface WatchStripProps extends StripFacts {
  /** Alone on its page: taller, and each mark tells its time at the mouse. */
  large?: boolean;
  className?: string | undefined;
}

/**
 * One line of time for a site: 24 hours, 90 days or a year. The night is darker, backups are ticks below the line (one
 * that went wrong is taller and red), our own work is a diamond above it, outages are tall bars. The line is green only
 * where somebody watched (`outages` is given); otherwise it says nothing about the site being up.
 */
export function WatchStrip({ large = false, className, ...facts }: WatchStripProps) {
  const language = useLanguage();
  const words = useWords(stripWords);
  const { shades, ticks, diamonds, outages, watched } = layoutStrip(facts);
  const when = (at: number): string => momentOf(at, facts, language);
  return (
    <svg
      className={classNames(styles.strip, large && styles.large, className)}
      role="img"
      aria-label={stripInWords(facts, language)}
    >
      {shades.map(({ x, width }) => (
        <rect key={x} className={styles.night} x={`${x}%`} width={`${width}%`} y="0" height="100%" />
      ))}
      <rect className={styles.line} x="0" width="100%" />
      {watched && <rect className={styles.well} x={`${watched.x}%`} width={`${watched.width}%`} />}
      {outages.map(({ x, width }) => (
        <rect key={x} className={styles.outage} x={`${x}%`} width={`${width}%`} />
      ))}
      {ticks.map(({ x, good, at, count }) => (
        <rect key={x} className={good ? styles.tick : styles.badTick} x={`${x}%`} width="2">
          {large && (
            <title>{`${count > 1 ? words.several(count) : good ? words.backup : words.failedBackup}, ${when(at)}`}</title>
          )}
        </rect>
      ))}
      {diamonds.map(({ x, at, what }, nth) => (
        // Two of a kind may share a minute.
        <svg key={`${nth} ${what}`} x={`${x}%`} overflow="visible">
          <path className={styles.work} d="M0 0l4 4-4 4-4-4z">
            {large && <title>{`${what}, ${when(at)}`}</title>}
          </path>
        </svg>
      ))}
    </svg>
  );
}

/** The strip as one sentence: `Afgelopen 24 uur: 24 backups, de laatste om 10:02; één storing.` */
export function stripInWords(facts: StripFacts, language: Language): string {
  const words = stripWords(language);
  const inside = facts.backups.filter(({ at }) => at >= facts.from && at <= facts.to);
  const good = inside.filter((each) => each.good).map((each) => each.at);
  const bad = inside.length - good.length;
  const work = facts.work?.length ?? 0;
  const parts = [
    good.length === 0 ? words.noBackups : words.backups(good.length, momentOf(Math.max(...good), facts, language)),
  ];
  if (bad > 0) parts.push(words.failed(bad));
  if (work > 0) parts.push(words.work(work));
  if (facts.outages) parts.push(facts.outages.length === 0 ? words.noOutages : words.outages(facts.outages.length));
  return `${words.span[facts.span]}: ${parts.join('; ')}.`;
}

function momentOf(at: number, { span }: StripFacts, language: Language): string {
  return span === 'day' ? timeOnly(new Date(at), { language }) : dateAndTime(new Date(at), { language });
}

/** What the marks mean, for above a list of strips. `outages`: whether somebody watches. */
export function StripKey({ outages = false }: { outages?: boolean }) {
  const { key } = useWords(stripWords);
  return (
    <span className={styles.keys}>
      <Key name={key.backup} className={styles.tick} d="M5 2h2v8H5z" />
      <Key name={key.failed} className={styles.badTick} d="M4 0h4v12H4z" />
      <Key name={key.work} className={styles.work} d="M6 2l4 4-4 4-4-4z" />
      {outages && <Key name={key.outage} className={styles.outage} d="M3 0h6v12H3z" />}
      <Key name={key.night} className={styles.nightKey} d="M0 0h12v12H0z" />
    </span>
  );
}

function Key({ name, className, d }: { name: string; className: string | undefined; d: string }) {
  return (
    <span className={styles.key}>
      <svg width="12" height="12" aria-hidden="true">
        <path className={className} d={d} />
      </svg>
      {name}
    </span>
  );
}
