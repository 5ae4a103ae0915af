import type { FindingCode, Seen } from './finding.ts';
import type { PageMemory } from './memory.ts';

export const pageLimits = {
  /** Below this part of the usual size something is missing: a theme, half the page. */
  share: 0.4,
  sizesKept: 24,
  sizesNeeded: 3,
  /** A page that stays small for so long is meant to be. */
  acceptMs: 3 * 86_400_000,
  /** Below this a page is too small to say anything. */
  leastBytes: 2000,
  certificateDays: [14, 7, 2],
} as const;

/** What an hourly look brought; null = that could not be looked at. */
export interface PageLook {
  /** The front page, when it answered as itself. */
  page: { status: number; bytes: number; isNoindex: boolean; finalUrl: string } | null;
  /** Statuses; null = no answer. */
  loginStatus: number | null;
  restStatus: number | null;
  certificate: { expiresAt: string; issuer: string } | null;
}

/** Judges an hourly look at the page. `now` in milliseconds. */
export function judgePage(
  now: number,
  before: PageMemory | null,
  look: PageLook,
): { memory: PageMemory; judged: Map<FindingCode, Seen | null> } {
  const judged = new Map<FindingCode, Seen | null>();
  const { page } = look;
  const usual = usualSize(before?.sizes ?? []);
  const isSmall = page !== null && usual !== null && page.bytes < usual * pageLimits.share;
  const smallSince = page === null ? (before?.smallSince ?? null) : isSmall ? (before?.smallSince ?? iso(now)) : null;
  const isAccepted = smallSince !== null && now - Date.parse(smallSince) > pageLimits.acceptMs;
  if (page !== null) {
    judged.set(
      'size-collapse',
      isSmall && !isAccepted
        ? {
            code: 'size-collapse',
            urgency: 'low',
            facts: { bytes: page.bytes, usual },
            reason: { code: 'below', limit: Math.round(usual * pageLimits.share) },
          }
        : null,
    );
  }
  const first = {
    isNoindex: before?.first.isNoindex ?? page?.isNoindex ?? false,
    isLoginWell: before?.first.isLoginWell === true || isWell(look.loginStatus),
    isRestWell: before?.first.isRestWell === true || isWell(look.restStatus),
  };
  // While the page itself is out, the watch has it.
  if (page !== null) {
    judged.set('login-broken', broken('login-broken', first.isLoginWell, look.loginStatus));
    judged.set('rest-broken', broken('rest-broken', first.isRestWell, look.restStatus));
  }
  const certificate = look.certificate ?? before?.certificate ?? null;
  judged.set('certificate-ends', certificate === null ? null : certificateEnds(now, certificate));
  return {
    judged,
    memory: {
      at: iso(now),
      status: page?.status ?? null,
      bytes: page?.bytes ?? null,
      isNoindex: page?.isNoindex ?? before?.isNoindex ?? false,
      finalUrl: page?.finalUrl ?? before?.finalUrl ?? '',
      loginStatus: look.loginStatus,
      restStatus: look.restStatus,
      certificate,
      sizes: nextSizes(before?.sizes ?? [], page?.bytes ?? null, { isSmall, isAccepted }),
      smallSince: isAccepted ? null : smallSince,
      first,
    },
  };
}

/** The middle one of those that were seen; null = too few, or too small to say anything. */
export function usualSize(sizes: readonly number[]): number | null {
  if (sizes.length < pageLimits.sizesNeeded) return null;
  const middle = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  return middle < pageLimits.leastBytes ? null : middle;
}

function nextSizes(
  sizes: readonly number[],
  bytes: number | null,
  is: { isSmall: boolean; isAccepted: boolean },
): number[] {
  if (bytes === null) return [...sizes];
  if (is.isAccepted) return [bytes];
  return is.isSmall ? [...sizes] : [...sizes, bytes].slice(-pageLimits.sizesKept);
}

function isWell(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function broken(code: 'login-broken' | 'rest-broken', wasWell: boolean, status: number | null): Seen | null {
  if (!wasWell || status === null || status < 500) return null;
  return { code, urgency: 'low', facts: { status: String(status) }, reason: { code: 'was-otherwise', was: '200' } };
}

/** Whole days left; one that has ended is the watch's matter. */
function certificateEnds(now: number, certificate: { expiresAt: string; issuer: string }): Seen | null {
  const left = Date.parse(certificate.expiresAt) - now;
  const days = Math.floor(left / 86_400_000);
  const step = pageLimits.certificateDays.findLast((limit) => left <= limit * 86_400_000);
  if (step === undefined || left <= 0) return null;
  return {
    code: 'certificate-ends',
    urgency: step <= 2 ? 'high' : 'low',
    facts: { days, issuer: certificate.issuer, step },
    reason: { code: 'below', limit: step },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
