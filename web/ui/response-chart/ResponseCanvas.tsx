import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { numberInWords, type Language } from '../../../src/platform/words.ts';
import { useLanguage, useWords } from '../language.tsx';
import { dateAndTime } from '../moment-words.ts';
import type { ResponseChartProps } from './ResponseChart.tsx';
import styles from './ResponseChart.module.css';
import { phaseNames, stackPhases, type PhaseName, type Stacked } from './series.ts';
import { chartWords } from './words.ts';

const height = 220;
const dayMs = 86_400_000;

/** Colours of the page as they are now, read from elements that have them: a canvas knows no variables. */
const colourNames = [...phaseNames, 'line', 'soft', 'outage', 'gap'] as const;
type Colours = Record<(typeof colourNames)[number], string>;

function readColours(from: HTMLElement): Colours {
  const read = (name: string): string => {
    const element = from.querySelector(`[data-colour="${name}"]`);
    return element === null ? 'gray' : getComputedStyle(element).color;
  };
  return {
    dns: read('dns'),
    connect: read('connect'),
    tls: read('tls'),
    firstByte: read('firstByte'),
    rest: read('rest'),
    line: read('line'),
    soft: read('soft'),
    outage: read('outage'),
    gap: read('gap'),
  };
}

interface Ground {
  stacked: Stacked;
  from: number;
  to: number;
  outages: readonly { from: number; until: number | null }[];
  language: Language;
  colours: Colours;
  onCursor: (at: number | null) => void;
}

function optionsOf(ground: Ground, width: number): uPlot.Options {
  const { from, to, outages, language, colours, onCursor } = ground;
  const isLong = to - from > 2 * dayMs;
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  const tick = new Intl.DateTimeFormat(
    locale,
    isLong ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' },
  );
  const font = `500 12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: colours.soft, font, ticks: { show: false } };
  return {
    width,
    height,
    padding: [8, 0, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: [from / 1000, to / 1000] },
      y: { range: (_, __, max) => [0, Math.max(100, max * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, splits) => splits.map((at) => tick.format(at * 1000)),
        space: 70,
        size: 28,
      },
      {
        ...axis,
        grid: { stroke: colours.line, width: 1 },
        size: 64,
        values: (_, splits) => splits.map((value) => `${numberInWords(value, language)} ms`),
      },
    ],
    series: [
      {},
      ...phaseNames.map((name, at) => ({
        stroke: at === phaseNames.length - 1 ? colours.soft : colours.gap,
        width: at === phaseNames.length - 1 ? 1.5 : 1,
        points: { show: false },
        ...(at === 0 ? { fill: colours[name] } : {}),
      })),
    ],
    bands: phaseNames
      .slice(1)
      .map((name, at) => ({ series: [at + 2, at + 1] as [number, number], fill: colours[name] })),
    hooks: {
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
      // Outages: a wash behind, and the sign of a broken state on top, so that colour is not alone.
      draw: [
        (plot) => {
          const { ctx, bbox } = plot;
          const ratio = uPlot.pxRatio;
          ctx.save();
          ctx.fillStyle = colours.outage;
          for (const each of outages) {
            const start = Math.max(bbox.left, plot.valToPos(each.from / 1000, 'x', true));
            const end = Math.min(bbox.left + bbox.width, plot.valToPos((each.until ?? to) / 1000, 'x', true));
            if (end <= bbox.left || start >= bbox.left + bbox.width) continue;
            const wide = Math.max(2 * ratio, end - start);
            ctx.globalAlpha = 0.35;
            ctx.fillRect(start, bbox.top, wide, bbox.height);
            ctx.globalAlpha = 1;
            const middle = start + wide / 2;
            ctx.beginPath();
            ctx.moveTo(middle, bbox.top);
            ctx.lineTo(middle + 5 * ratio, bbox.top + 9 * ratio);
            ctx.lineTo(middle - 5 * ratio, bbox.top + 9 * ratio);
            ctx.fill();
          }
          ctx.restore();
        },
      ],
    },
  };
}

/** The chart itself. A pointer or the arrow keys choose a moment, whose figures stand below. */
export function ResponseCanvas({ points, from, to, gapMs, outages = [] }: ResponseChartProps) {
  const words = useWords(chartWords);
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const swatches = useRef<HTMLUListElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [at, setAt] = useState<number | null>(null);
  const [look, setLook] = useState(0);
  const stacked = stackPhases(points, gapMs);
  const key = `${from} ${to} ${points.length} ${points.at(-1)?.at} ${outages.length} ${language} ${look}`;

  // The reader's appearance may change while the chart is there.
  useEffect(() => {
    const again = (): void => setLook((now) => now + 1);
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', again);
    const watch = new MutationObserver(again);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      query.removeEventListener('change', again);
      watch.disconnect();
    };
  }, []);

  useEffect(() => {
    const box = place.current;
    if (!box || !swatches.current) return undefined;
    const colours = readColours(swatches.current);
    const made = new uPlot(
      optionsOf({ stacked, from, to, outages, language, colours, onCursor: setAt }, box.clientWidth),
      [stacked.times, ...phaseNames.map((name) => stacked.edges[name])],
      box,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      made.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key says whether anything of it changed
  }, [key]);

  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    const last = stacked.times.length - 1;
    const wanted = { Home: 0, End: last }[event.key] ?? (step === undefined ? undefined : (at ?? last + 1) + step);
    const chart = plot.current;
    if (wanted === undefined || !chart) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, wanted));
    chart.setCursor({ left: chart.valToPos(stacked.times[next] ?? 0, 'x'), top: 0 });
    setAt(next);
  };
  const ms = (value: number): string => words.ms(numberInWords(Math.round(value), language));
  const lengths = at === null ? undefined : lengthsAt(stacked, at);
  return (
    <div>
      {/* Chosen with the arrow keys, as a slider is. */}
      <div
        ref={place}
        className={styles.canvas}
        role="slider"
        tabIndex={0}
        aria-label={`${words.caption}. ${words.keys}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, stacked.times.length - 1)}
        aria-valuenow={at ?? Math.max(0, stacked.times.length - 1)}
        aria-valuetext={at === null ? words.keys : told(stacked, at, { language, ms, words })}
        onKeyDown={onKey}
      />
      <p className={styles.readout} aria-hidden="true">
        {at === null ? '\u00a0' : told(stacked, at, { language, ms, words })}
      </p>
      <ul ref={swatches} className={styles.legend}>
        {phaseNames.map((name) => (
          <li key={name} title={words.meanings[name]}>
            <span className={styles[name]} data-colour={name} aria-hidden="true">
              ■
            </span>{' '}
            {words.phases[name]}
            {lengths && <b> {ms(lengths[name])}</b>}
          </li>
        ))}
        {outages.length > 0 && (
          <li>
            <span className={styles.outage} aria-hidden="true">
              ▲
            </span>{' '}
            {words.outage}
          </li>
        )}
        {(['line', 'soft', 'outage', 'gap'] as const).map((name) => (
          <li key={name} className={styles.probe} data-colour={name} data-probe={name} aria-hidden="true" />
        ))}
      </ul>
    </div>
  );
}

function lengthsAt({ edges }: Stacked, at: number): Record<PhaseName, number> | undefined {
  if (edges.rest[at] == null) return undefined;
  const lengths = { dns: 0, connect: 0, tls: 0, firstByte: 0, rest: 0 };
  let below = 0;
  for (const name of phaseNames) {
    const edge = edges[name][at] ?? below;
    lengths[name] = edge - below;
    below = edge;
  }
  return lengths;
}

function told(
  stacked: Stacked,
  at: number,
  { language, ms, words }: { language: Language; ms: (value: number) => string; words: ReturnType<typeof chartWords> },
): string {
  const when = dateAndTime(new Date((stacked.times[at] ?? 0) * 1000), { language });
  const total = stacked.edges.rest[at];
  return `${when} · ${total == null ? words.noAnswer : ms(total)}`;
}
