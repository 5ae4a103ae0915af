import type { LinkKind } from '../store.ts';

const hour = 3_600_000;

/** How long each kind of one-time link lives. What is handed over by mail waits longer than what somebody waits for. */
export const lifeMs: Record<LinkKind, number> = {
  'first-operator': hour,
  invitation: 7 * 24 * hour,
  reset: 24 * hour,
  password: hour,
};

export type LinkState = 'open' | 'used' | 'revoked' | 'expired';

/** What has become of a link; what a person did to it goes before the time. */
export function stateOf(
  link: { used_at: Date | null; revoked_at: Date | null; expires_at: Date },
  now: Date,
): LinkState {
  if (link.used_at) return 'used';
  if (link.revoked_at) return 'revoked';
  return link.expires_at <= now ? 'expired' : 'open';
}

/** The page that takes a link of this kind. The secret stands behind `#`: it never reaches a log or a proxy. */
export function pathOf(kind: LinkKind, secret: string): string {
  return `/${kind === 'first-operator' ? 'start' : 'invitation'}#${secret}`;
}
