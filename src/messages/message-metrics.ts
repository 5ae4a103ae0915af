import { Counter, type Registry } from 'prom-client';

interface MessageMetrics {
  /** Outcome of each try: accepted, delivered, failed, unknown, retried. */
  tries: Counter<'means' | 'outcome'>;
  /** What came by web hooks: taken, repeated, forged, limited, not-known. */
  hooks: Counter<'hook' | 'outcome'>;
}

const made = new WeakMap<Registry, MessageMetrics>();

/** The counters of messages on this registry, made at the first use. */
export function messageMetrics(registry: Registry): MessageMetrics {
  const known = made.get(registry);
  if (known !== undefined) return known;
  const metrics: MessageMetrics = {
    tries: new Counter({
      name: 'nachtwacht_message_tries_total',
      help: 'Messages given to a provider, by what became of it.',
      labelNames: ['means', 'outcome'],
      registers: [registry],
    }),
    hooks: new Counter({
      name: 'nachtwacht_message_hooks_total',
      help: 'Requests of providers to our web hooks; forged ones are answered with nothing.',
      labelNames: ['hook', 'outcome'],
      registers: [registry],
    }),
  };
  made.set(registry, metrics);
  return metrics;
}
