import { useState } from 'react';
import { DayBars } from '../ui/DayBars.tsx';
import type { DayFacts } from '../ui/day-bars.ts';
import { useWords } from '../ui/language.tsx';
import { OrderList } from '../ui/OrderList.tsx';
import { ResponseChart } from '../ui/response-chart/ResponseChart.tsx';
import type { ResponsePoint } from '../ui/response-chart/series.ts';
import { Timeline } from '../ui/Timeline.tsx';
import { StripKey, WatchStrip } from '../ui/WatchStrip.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

const to = Date.parse('2026-11-25T11:00:00Z');
const hour = 3_600_000;
const outages = [{ from: to - 5 * hour, until: to - 4.7 * hour }];

const points: ResponsePoint[] = Array.from({ length: 288 }, (_, at) => {
  const wave = 60 * Math.sin(at / 20);
  const isOut = at > 227 && at < 232;
  return {
    at: to - 24 * hour + at * 300_000,
    dns: 3,
    connect: 12,
    tls: 25,
    firstByte: 290 + wave,
    total: isOut ? null : 380 + wave,
  };
});

const days: DayFacts[] = Array.from({ length: 90 }, (_, at) => ({
  day: new Date(to - (89 - at) * 24 * hour).toISOString().slice(0, 10),
  worst: at < 20 ? 'none' : at === 50 ? 'out' : at === 66 ? 'maintenance' : at === 70 ? 'unknown' : 'well',
  outageMinutes: at === 50 ? 12 : 0,
  outages: at === 50 ? 1 : 0,
}));

/** What the watch draws. */
export function Watching() {
  const words = useWords(designWords);
  const [order, setOrder] = useState(['Noor', 'Sam', 'Bo']);
  return (
    <div className={styles.stack}>
      <StripKey outages />
      <WatchStrip
        large
        from={to - 24 * hour}
        to={to}
        timeZone="Europe/Amsterdam"
        span="day"
        backups={[3, 9, 15, 21].map((at) => ({ at: to - at * hour, good: at !== 9 }))}
        work={[{ at: to - 10 * hour, what: words.work }]}
        outages={outages}
      />
      <DayBars days={days} />
      <ResponseChart points={points} from={to - 24 * hour} to={to} gapMs={750_000} outages={outages} />
      <Timeline
        label={words.sections.watching}
        entries={words.timeline.map((text, at) => ({
          key: text,
          at: new Date(to - 5 * hour + at * 47_000).toISOString(),
          state: (['broken', 'work', 'work', 'well'] as const)[at],
          text,
        }))}
      />
      <OrderList
        label={words.customer}
        items={order.map((name) => ({ key: name, name, content: name }))}
        onOrder={setOrder}
      />
    </div>
  );
}
