import type { FindingCode, Seen } from './finding.ts';
import type { DomainMemory, Row } from './memory.ts';

export const domainLimits = {
  /** A change of name servers is shown for so long; then the new ones are the usual ones. */
  changedMs: 7 * 86_400_000,
  expiresDays: 14,
  goneLooks: 2,
} as const;

/** What a daily look brought. */
export interface DomainLook {
  name: string;
  /** null = DNS did not answer; empty = it says that there are none. */
  nameServers: string[] | null;
  /** null = the registry does not answer us. */
  registry: { exists: boolean; status: string[]; expiresAt: string | null; registrar: string | null } | null;
}

/**
 * Judges a daily look. Statuses are those of RDAP (RFC 9083 section 10.2.2, RFC 8056): a domain on hold or inactive is
 * not in DNS; one in its redemption period can still be taken back.
 */
export function judgeDomain(
  now: number,
  before: DomainMemory | null,
  look: DomainLook,
): { memory: DomainMemory; judged: Map<FindingCode, Seen | null>; again: boolean } {
  const judged = new Map<FindingCode, Seen | null>();
  const same = before?.name === look.name ? before : null;
  const seen = look.nameServers === null || look.nameServers.length === 0 ? null : look.nameServers.toSorted();
  const known = same?.nameServers ?? [];
  const nameServers = seen ?? known;
  const isNew = seen !== null && known.length > 0 && seen.join(' ') !== known.join(' ');
  const isOver = same?.changed != null && now - Date.parse(same.changed.since) > domainLimits.changedMs;
  const changed = isNew
    ? { was: same?.changed?.was ?? known, since: iso(now) }
    : isOver
      ? null
      : (same?.changed ?? null);
  const isBack = changed !== null && changed.was.join(' ') === nameServers.join(' ');
  const { registry } = look;
  const saysGone = registry?.exists === false && seen === null;
  const gone: Row | null = saysGone
    ? { since: same?.gone?.since ?? iso(now), times: (same?.gone?.times ?? 0) + 1 }
    : registry === null && seen === null
      ? (same?.gone ?? null)
      : null;
  const status = registry?.exists === true ? registry.status : (same?.status ?? null);
  const memory: DomainMemory = {
    at: iso(now),
    name: look.name,
    nameServers,
    changed: isBack ? null : changed,
    status,
    expiresAt: registry?.expiresAt ?? same?.expiresAt ?? null,
    registrar: registry?.registrar ?? same?.registrar ?? null,
    gone,
  };
  judged.set(
    'name-servers-changed',
    memory.changed === null
      ? null
      : {
          code: 'name-servers-changed',
          urgency: 'low',
          facts: { now: nameServers.join(', '), was: memory.changed.was.join(', '), step: memory.changed.since },
          reason: { code: 'said-so', by: 'dns' },
        },
  );
  const { name } = look;
  const by = (code: FindingCode, is: string | undefined): void => {
    const reason = { code: 'said-so', by: 'registry' } as const;
    judged.set(code, is === undefined ? null : { code, urgency: 'high', facts: { name, status: is }, reason });
  };
  if (registry?.exists === true) {
    by(
      'domain-hold',
      registry.status.find((one) => /\bhold\b|^inactive$/.test(one)),
    );
    by(
      'domain-ending',
      registry.status.find((one) => /redemption period|pending delete/.test(one)),
    );
  }
  if (registry !== null || seen !== null)
    by('domain-gone', gone !== null && gone.times >= domainLimits.goneLooks ? 'gone' : undefined);
  judged.set('domain-expires', expires(now, memory));
  return { memory, judged, again: gone !== null && gone.times < domainLimits.goneLooks };
}

function expires(now: number, { name, expiresAt }: DomainMemory): Seen | null {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - now;
  const days = Math.floor(left / 86_400_000);
  const limit = domainLimits.expiresDays;
  if (days > limit || left <= 0) return null;
  return { code: 'domain-expires', urgency: 'low', facts: { name, days }, reason: { code: 'below', limit } };
}

const iso = (ms: number): string => new Date(ms).toISOString();
