import { lazy, Suspense } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { useLanguage, useWords } from '../language.tsx';
import { dateAndTime } from '../moment-words.ts';
import { Skeleton } from '../Skeleton.tsx';
import styles from './ResponseChart.module.css';
import { phaseNames, phasesOf, summarise, type ResponsePoint } from './series.ts';
import { chartWords } from './words.ts';

// uPlot comes only when somebody looks at a chart.
const Canvas = lazy(() => import('./ResponseCanvas.tsx').then(({ ResponseCanvas: made }) => ({ default: made })));

export interface ResponseChartProps {
  points: readonly ResponsePoint[];
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Two points farther apart than this have a hole between them, in milliseconds. */
  gapMs: number;
  /** Marked in the chart; until null = it lasts. */
  outages?: readonly { from: number; until: number | null }[];
}

/** Rows of the table beside the chart: more is not read. */
const tableRows = 48;

/** Response times with the phases of each check, as a chart, as a sentence and as a table. */
export function ResponseChart(props: ResponseChartProps) {
  const words = useWords(chartWords);
  const language = useLanguage();
  const { points } = props;
  const sum = summarise(points);
  const ms = (value: number): string => words.ms(numberInWords(Math.round(value), language));
  if (sum === undefined) return <p className={styles.soft}>{words.nothing}</p>;
  return (
    <div className={styles.whole}>
      <p>{words.summary(ms(sum.median), ms(sum.p95))}</p>
      <Suspense fallback={<Skeleton block lines={1} />}>
        <Canvas {...props} />
      </Suspense>
      <details className={styles.details}>
        <summary>{words.table}</summary>
        <Figures points={points} ms={ms} />
      </details>
    </div>
  );
}

function Figures({ points, ms }: { points: readonly ResponsePoint[]; ms: (value: number) => string }) {
  const words = useWords(chartWords);
  const language = useLanguage();
  const every = Math.max(1, Math.ceil(points.length / tableRows));
  const shown = points.filter((_, at) => (points.length - 1 - at) % every === 0).toReversed();
  return (
    // It scrolls by itself, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={words.caption}>
      <table className={styles.table}>
        <caption className={styles.hidden}>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            {phaseNames.map((name) => (
              <th key={name} scope="col" title={words.meanings[name]}>
                {words.phases[name]}
              </th>
            ))}
            <th scope="col">{words.total}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((point) => {
            const phases = phasesOf(point);
            return (
              <tr key={point.at}>
                <th scope="row">{dateAndTime(new Date(point.at), { language })}</th>
                {phaseNames.map((name) => (
                  <td key={name}>{phases === undefined ? '–' : ms(phases[name])}</td>
                ))}
                <td>{point.total === null ? words.noAnswer : ms(point.total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
