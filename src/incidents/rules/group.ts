/** A site of the neighbourhood of one that went out: all that live at the same address or in the same network. */
export interface Neighbour {
  targetId: string;
  address: string | null;
  /** Failing now, confirmed or not. */
  fails: boolean;
  /** Since when, milliseconds since 1970; null = it does not fail. */
  since: number | null;
}

export interface Grouping {
  by: 'address' | 'network';
  value: string;
  /** Those that fail together. */
  targets: string[];
  /** Sites that live there. */
  of: number;
}

/** Facts of the watch, 'Hoster collapse': at least 3 sites and half of the group, failing within 30 s of each other. */
export const groupPolicy = { sites: 3, share: 0.5, withinMs: 30_000, checkEveryMs: 60_000 };

/**
 * Whether a site that went out is one of many of the same host. The nearest group counts: its address before its
 * network (/24). Sites are looked at once a minute, so 'within 30 s' is counted over the first failures that a minute
 * of looks can show: those whose first failure lies within a minute and 30 s of this one's.
 */
export function groupOf(
  one: { targetId: string; address: string; since: number },
  neighbours: readonly Neighbour[],
  policy: typeof groupPolicy = groupPolicy,
): Grouping | null {
  const places = [{ by: 'address', value: one.address } as const, ...networkPlace(one.address)];
  for (const place of places) {
    const there = neighbours.filter((each) => isAt(each.address, place));
    const failing = there.filter(
      (each) =>
        each.fails && each.since !== null && Math.abs(each.since - one.since) <= policy.withinMs + policy.checkEveryMs,
    );
    if (failing.length >= policy.sites && failing.length >= there.length * policy.share) {
      return { ...place, targets: failing.map((each) => each.targetId), of: there.length };
    }
  }
  return null;
}

/** `192.0.2.0/24` of `192.0.2.7`; null for other kinds of addresses. */
export function networkOf(address: string): string | null {
  const match = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address);
  return match ? `${match[1]}.0/24` : null;
}

function networkPlace(address: string): { by: 'network'; value: string }[] {
  const network = networkOf(address);
  return network === null ? [] : [{ by: 'network', value: network }];
}

function isAt(address: string | null, place: { by: 'address' | 'network'; value: string }): boolean {
  if (address === null) return false;
  return place.by === 'address' ? address === place.value : networkOf(address) === place.value;
}

/** What is left of a group when its host is back. Of each site: since when it answers again, null = it does not. */
export interface GroupMember {
  targetId: string;
  backAt: number | null;
}

/**
 * Sites that stay down after the rest of their group is back are outages of their own: when more than half has been back
 * for `settleMs`. An empty list = the group goes on as it is.
 */
export function leftBehind(members: readonly GroupMember[], now: number, settleMs = 180_000): string[] {
  const down = members.filter((one) => one.backAt === null);
  const back = members.filter((one) => one.backAt !== null && now - one.backAt >= settleMs);
  if (down.length === 0 || back.length <= members.length / 2) return [];
  return down.map((one) => one.targetId);
}
