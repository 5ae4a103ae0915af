import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Timeline, TimelineBar } from '../../src/backups/moments/contract.ts';
import { backupWords } from '../../src/backups/words.ts';
import { bytesInWords, numberInWords, type Language } from '../../src/platform/words.ts';
import { useLanguage, useWords } from '../ui/language.tsx';
import { barAt, dateMarks, stepInLine } from './place-in-line.ts';
import styles from './Scrubber.module.css';
import { siteWords, type SiteWords } from './words.ts';

interface ScrubberProps {
  line: Timeline;
  /** Index of the chosen bar; -1 = none. */
  index: number;
  onIndex: (index: number) => void;
  /** Enter on a bar that stands for several. */
  onZoom: (bar: TimelineBar) => void;
  onZoomOut: (() => void) | undefined;
  labelId: string;
}

const height = 76;
const foot = 12;

/** The line of moments as a slider: bars are as high as the site was large, and what went wrong has its own shape. */
export function Scrubber({ line, index, onIndex, onZoom, onZoomOut, labelId }: ScrubberProps) {
  const words = useWords(siteWords).line;
  const language = useLanguage();
  const track = useRef<HTMLDivElement>(null);
  const { bars } = line;
  const chosen = bars[index];

  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (steps !== undefined) onIndex(stepInLine(bars, index, steps));
    else if (event.key === 'Home') onIndex(stepInLine(bars, 0, 0));
    else if (event.key === 'End') onIndex(stepInLine(bars, bars.length - 1, 0));
    else if (event.key === 'Enter' && chosen && chosen.snapshots > 1) onZoom(chosen);
    else if ((event.key === 'Escape' || event.key === 'Backspace') && onZoomOut) onZoomOut();
    else return;
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || (event.type === 'pointermove' && event.buttons !== 1)) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const found = barAt(bars, (event.clientX - box.left) / box.width);
    if (found >= 0) onIndex(found);
  };
  const place = (at: number) => `${(at / bars.length) * 100}%`;
  const width = 100 / Math.max(1, bars.length);
  return (
    <div
      ref={track}
      className={styles.track}
      role="slider"
      tabIndex={0}
      aria-labelledby={labelId}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, bars.length)}
      aria-valuenow={Math.max(1, index + 1)}
      aria-valuetext={chosen === undefined ? words.none : barInWords(line, chosen, words, language)}
      aria-description={words.howTo}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <svg className={styles.picture} height={height + foot} width="100%" aria-hidden="true">
        <defs>
          <pattern id="missing" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="5" className={styles.hatch} />
          </pattern>
        </defs>
        {bars.map((bar, at) => (
          <Bar
            key={bar.from}
            bar={bar}
            x={place(at)}
            width={width}
            largest={line.largestBytes}
            isChosen={at === index}
          />
        ))}
        {chosen !== undefined && (
          <svg x={`${((index + 0.5) / bars.length) * 100}%`} overflow="visible">
            <path className={styles.pin} d={`M0 0v${height + 4}`} />
            <circle className={styles.knob} cy={height + 5} r="5" />
          </svg>
        )}
      </svg>
      <div className={styles.dates} aria-hidden="true">
        {dateMarks(bars, 4).map(({ share, at }) => (
          <span key={at} style={{ left: `max(0px, calc(${share * 100 + width / 2}% - 18px))` }}>
            {dayInWords(at, line, language)}
          </span>
        ))}
        <span className={styles.end}>
          {line.bars.at(-1)?.moment?.id === undefined ? '' : endInWords(line, words, language)}
        </span>
      </div>
    </div>
  );
}

interface BarProps {
  bar: TimelineBar;
  x: string;
  width: number;
  largest: number;
  isChosen: boolean;
}

function Bar({ bar, x, width, largest, isChosen }: BarProps) {
  const tall = bar.moment === null ? 0 : 14 + (largest <= 0 ? 0 : (bar.bytes / largest) * 34);
  const bad = bar.wrong > 0 || (bar.incomplete > 0 && bar.incomplete === bar.snapshots);
  const look = isChosen ? styles.chosen : bad ? styles.bad : styles.good;
  // As much of the bar as part of its snapshots lack something.
  const lacking = bar.snapshots === 0 ? 0 : Math.max(4, (tall * bar.incomplete) / bar.snapshots);
  // A few snapshots are not drawn as wide slabs: a bar is a moment, not a stretch.
  const part = width > 4 ? 2.2 : width * 0.72;
  const left = `${Number.parseFloat(x) + (width - part) / 2}%`;
  const narrow = `${part}%`;
  return (
    <>
      {bar.moment !== null && (
        <rect className={look} x={left} width={narrow} y={height - tall} height={tall} rx="1.5" />
      )}
      {bar.incomplete > 0 && (
        <rect fill="url(#missing)" x={left} width={narrow} y={height - lacking} height={lacking} />
      )}
      <svg x={`${Number.parseFloat(x) + width / 2}%`} overflow="visible">
        {(bar.failed > 0 || bar.wrong > 0) && (
          <path className={styles.failed} d={`M0 ${height - tall - 14}l4.500 8h-9z`} />
        )}
        {bar.held > 0 && (
          <path
            className={styles.held}
            d={`M0 ${height - tall - (bar.failed > 0 ? 24 : 10)}l3.500 3.500-3.500 3.500-3.500-3.500z`}
          />
        )}
      </svg>
    </>
  );
}

/** What the marks in the line mean; only those that are in it. */
export function ScrubberKey({ line }: { line: Timeline }) {
  const { marks } = useWords(siteWords).line;
  const has = (test: (bar: TimelineBar) => boolean) => line.bars.some(test);
  const shapes = [
    { key: 'good', shape: '▮', look: styles.keyGood, is: true },
    { key: 'incomplete', shape: '▨', look: styles.keyBad, is: has((bar) => bar.incomplete > 0) },
    { key: 'wrong', shape: '▲', look: styles.keyBad, is: has((bar) => bar.wrong > 0) },
    { key: 'failed', shape: '▲', look: styles.keyBad, is: has((bar) => bar.failed > 0) },
    { key: 'gap', shape: '┆', look: styles.keyBad, is: has((bar) => bar.gap) },
    { key: 'held', shape: '◆', look: styles.keyHeld, is: has((bar) => bar.held > 0) },
  ] as const;
  const shown = shapes.filter((one) => one.is);
  if (shown.length < 2) return null;
  return (
    <ul className={styles.key}>
      {shown.map(({ key, shape, look }) => (
        <li key={key}>
          <span className={look} aria-hidden="true">
            {shape}
          </span>{' '}
          {marks[key]}
        </li>
      ))}
    </ul>
  );
}

function dayInWords(at: string, line: Timeline, language: Language): string {
  const isDay = Date.parse(line.to) - Date.parse(line.from) < 2 * 86_400_000;
  const isLong = Date.parse(line.to) - Date.parse(line.from) > 300 * 86_400_000;
  const options: Intl.DateTimeFormatOptions = isDay
    ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', ...(isLong ? { year: '2-digit' } : {}) };
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(new Date(at));
}

function endInWords(line: Timeline, words: SiteWords['line'], language: Language): string {
  const last = line.bars.at(-1);
  return line.newest === last?.moment?.takenAt ? words.now : dayInWords(last?.to ?? line.to, line, language);
}

/** The sentence that a screen reader says of a bar. */
export function barInWords(line: Timeline, bar: TimelineBar, words: SiteWords['line'], language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
  });
  const { moment } = bar;
  if (moment === null) return format.format(new Date(bar.from));
  const withMoment = line.bars.filter((one) => one.moment !== null);
  const number = (value: number) => numberInWords(value, language);
  const taken = format.format(new Date(moment.takenAt));
  const sentence =
    bar.snapshots > 1
      ? words.bucketText({
          when: `${dayInWords(bar.from, line, language)} – ${dayInWords(bar.to, line, language)}`,
          count: number(bar.snapshots),
          chosen: taken,
        })
      : words.valueText({
          moment: taken,
          reason: backupWords(language).reason[moment.reason],
          size: bytesInWords(bar.bytes, language),
          nth: number(withMoment.indexOf(bar) + 1),
          of: number(withMoment.length),
        });
  const marks = [
    ...(bar.wrong > 0 ? [words.wrongText] : []),
    ...(bar.incomplete > 0 ? [words.incompleteText] : []),
    ...(bar.held > 0 ? [words.heldText] : []),
    ...(bar.failed > 0 ? [words.failedText(number(bar.failed), bar.failed === 1)] : []),
    ...(bar.gap ? [words.gapText] : []),
  ];
  return [sentence, ...marks].join('; ');
}
