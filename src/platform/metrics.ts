import { Registry, collectDefaultMetrics, Counter, Gauge, Histogram } from 'prom-client';

/** What `/metrics` shows. A capability makes its own counters on `registry`; names start with `nachtwacht_`. */
export interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<'method' | 'status'>;
  sagaSeconds: Histogram<'saga' | 'outcome'>;
  sagaTakeOvers: Counter<'saga'>;
  openAlarms: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'nachtwacht_http_seconds',
      help: 'Time to answer an HTTP request.',
      labelNames: ['method', 'status'],
      registers: [registry],
    }),
    sagaSeconds: new Histogram({
      name: 'nachtwacht_saga_seconds',
      help: 'Time of one attempt at a saga by its outcome.',
      labelNames: ['saga', 'outcome'],
      buckets: [1, 5, 15, 60, 300, 1800, 7200, 36_000],
      registers: [registry],
    }),
    sagaTakeOvers: new Counter({
      name: 'nachtwacht_saga_take_overs_total',
      help: 'How often a worker went on with what another had begun.',
      labelNames: ['saga'],
      registers: [registry],
    }),
    openAlarms: new Gauge({ name: 'nachtwacht_open_alarms', help: 'Alarms that stand.', registers: [registry] }),
  };
}
