import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Series } from '../../../src/monitoring/contract.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ResponseChart } from '../../ui/response-chart/ResponseChart.tsx';
import type { ResponsePoint } from '../../ui/response-chart/series.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

const spans = ['24h', '7d', '90d'] as const;

/** How long the site took to answer, and with what. */
export function ResponseTimes({ site }: { site: string }) {
  const words = useWords(availabilityWords);
  const [span, setSpan] = useState<(typeof spans)[number]>('24h');
  const series = useQuery({
    ...api.monitoring.series.queryOptions({ input: { site, span } }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  return (
    <Panel
      title={words.response}
      className={styles.wide ?? ''}
      actions={
        <fieldset className={styles.choice} aria-label={words.span}>
          {spans.map((one) => (
            <Button
              key={one}
              size="small"
              look={span === one ? 'plain' : 'quiet'}
              aria-pressed={span === one}
              onClick={() => setSpan(one)}
            >
              {words.spans[one]}
            </Button>
          ))}
        </fieldset>
      }
    >
      {series.error && !series.data && <ErrorNote error={series.error} onRetry={() => void series.refetch()} />}
      {series.isPending && <Skeleton block lines={1} />}
      {series.data && <Chart series={series.data} />}
    </Panel>
  );
}

function Chart({ series }: { series: Series }) {
  const { from, to, stepMs, points } = series;
  const read = useMemo(
    () =>
      points.map((point): ResponsePoint => ({
        at: Date.parse(point.at),
        dns: point.dnsMs,
        connect: point.connectMs,
        tls: point.tlsMs,
        firstByte: point.firstByteMs,
        total: point.totalMs,
      })),
    [points],
  );
  const outages = useMemo(() => downStretches(series), [series]);
  return (
    <ResponseChart points={read} from={Date.parse(from)} to={Date.parse(to)} gapMs={stepMs * 2.5} outages={outages} />
  );
}

/** Stretches of steps in which every look failed. */
export function downStretches({ points, stepMs }: Series): { from: number; until: number }[] {
  const found: { from: number; until: number }[] = [];
  for (const { at, checks, down, unknown } of points) {
    if (down === 0 || down + unknown < checks) continue;
    const from = Date.parse(at);
    const last = found.at(-1);
    if (last !== undefined && from - last.until < stepMs) last.until = from + stepMs;
    else found.push({ from, until: from + stepMs });
  }
  return found;
}
