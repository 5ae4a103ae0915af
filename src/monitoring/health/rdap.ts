import type { Clock } from '../../platform/clock.ts';
import { z } from 'zod';

export interface Registration {
  exists: boolean;
  /** Lower case, as RFC 9083 writes them: `client hold`. */
  status: string[];
  /** ISO 8601; null = the registry tells none (.nl). */
  expiresAt: string | null;
  registrar: string | null;
}

/** RFC 9224: which registry answers for which top-level domain. */
const bootstrapUrl = 'https://data.iana.org/rdap/dns.json';
const patienceMs = 10_000;
const mostBytes = 512 * 1024;
const keptMs = 86_400_000;
const againMs = 3_600_000;

const Bootstrap = z.object({
  services: z.array(z.tuple([z.array(z.string()), z.array(z.string())]).rest(z.unknown())),
});
const Domain = z.looseObject({
  status: z.array(z.string().max(100)).max(50).optional(),
  events: z.array(z.looseObject({ eventAction: z.string(), eventDate: z.string() })).optional(),
  entities: z
    .array(z.looseObject({ roles: z.array(z.string()).optional(), vcardArray: z.unknown().optional() }))
    .optional(),
});
const Card = z.tuple([z.literal('vcard'), z.array(z.array(z.unknown()))]);

/**
 * Asks registries about domains (RDAP, RFC 9083). `base`: one address for all of them; otherwise the one that IANA's list
 * names, which is kept for a day. Answers null when nobody answers: nothing is known then, and nothing is wrong.
 */
export function createRdap(options: { clock: Clock; base: string | undefined }): {
  find(name: string, signal: AbortSignal): Promise<Registration | null>;
} {
  const { clock, base } = options;
  let list: { until: number; bases: Map<string, string> } | undefined;

  const baseOf = async (name: string, signal: AbortSignal): Promise<string | undefined> => {
    if (base !== undefined) return base;
    const now = clock.monotonicMs();
    if (list === undefined || list.until < now) {
      const got = await fetchJson(bootstrapUrl, signal);
      const parsed = Bootstrap.safeParse(got.body);
      const services = parsed.success ? parsed.data.services : [];
      const bases = new Map(
        services.flatMap(([zones, urls]) => {
          const url = urls.find((one) => one.startsWith('https:'));
          return url === undefined ? [] : zones.map((zone): [string, string] => [zone.toLowerCase(), url]);
        }),
      );
      list = { until: now + (bases.size > 0 ? keptMs : againMs), bases };
    }
    return list.bases.get(name.slice(name.lastIndexOf('.') + 1));
  };

  return {
    find: async (name, signal) => {
      const server = await baseOf(name, signal);
      if (server === undefined) return null;
      const got = await fetchJson(new URL(`domain/${name}`, server.endsWith('/') ? server : `${server}/`).href, signal);
      if (got.status === 404) return { exists: false, status: [], expiresAt: null, registrar: null };
      const parsed = got.status === 200 ? Domain.safeParse(got.body) : undefined;
      return parsed?.success === true ? registrationOf(parsed.data) : null;
    },
  };
}

function registrationOf(said: z.infer<typeof Domain>): Registration {
  const expiration = said.events?.find((event) => event.eventAction === 'expiration')?.eventDate ?? '';
  const at = Date.parse(expiration);
  const registrar = said.entities?.find((entity) => entity.roles?.includes('registrar') === true);
  return {
    exists: true,
    status: (said.status ?? []).map((one) => one.toLowerCase()),
    expiresAt: Number.isNaN(at) ? null : new Date(at).toISOString(),
    registrar: nameOf(registrar?.vcardArray),
  };
}

/** The full name of a jCard (RFC 7095). */
function nameOf(card: unknown): string | null {
  const parsed = Card.safeParse(card);
  const name = parsed.success ? parsed.data[1].find(([property]) => property === 'fn')?.[3] : undefined;
  return typeof name === 'string' ? name.slice(0, 200) : null;
}

/** Status 0 = no answer. */
async function fetchJson(url: string, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
  try {
    const answer = await fetch(url, {
      headers: { accept: 'application/rdap+json, application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      if (bytes > mostBytes) return { status: 0, body: null };
      parts.push(part);
    }
    const text = Buffer.concat(parts).toString('utf8');
    return { status: answer.status, body: answer.status === 200 ? JSON.parse(text) : null };
  } catch {
    return { status: 0, body: null };
  }
}
