import type { FindingCode, Seen } from './finding.ts';
import type { HealthAnswer, HealthMemory, PageMemory, Row } from './memory.ts';

/** Limits, each with where it comes from in a comment; milliseconds, seconds and bytes as the name says. */
export const healthLimits = {
  /** Again so soon after the first look at which the database was gone. */
  confirmMs: 15_000,
  goneLooks: 3,
  /** The watch looks every minute, 10 s at most: by then it has seen the page, or it does not see. */
  pageUnseenMs: 90_000,
  slowMs: 2000,
  slowLooks: 3,
  silentMs: 3_600_000,
  /** WordPress needs room for an update (two copies of core, about 200 MB) and the database for its temporary tables. */
  diskBytes: 500_000_000,
  diskShare: 0.03,
  diskEnoughBytes: 5_000_000_000,
  /** A day has a few fatal errors on many sites that work: bots call odd addresses. */
  fatalsADay: 2,
  fatalsShownMs: 86_400_000,
  /** WP-Cron runs with a visit, and the watch visits every minute; a page cache may keep those away. */
  cronSeconds: 7200,
  /** WordPress itself takes no notice of a .maintenance file after 10 minutes. */
  maintenanceSeconds: 900,
  /** Signatures hold for 300 s either way (connector/PROTOCOL.md). */
  clockSeconds: 300,
} as const;

/** How the watch sees the public page; times in milliseconds. */
export interface PublicPage {
  phase: string;
  verdict: string;
  checkedAt: number;
}

export type HealthSaid =
  | { kind: 'answer'; answer: HealthAnswer; logFatals: number }
  /** `databaseGone`: what came instead of our plugin's answer was WordPress's text of a lost database. */
  | { kind: 'failure'; code: string; databaseGone: boolean };

export interface HealthJudgement {
  memory: HealthMemory;
  judged: Map<FindingCode, Seen | null>;
  /** Let the watch look at the public page at once: does it hide this? */
  wantsPageLook: boolean;
  /** Look again sooner than usual, in milliseconds; null = no. */
  againInMs: number | null;
}

const nothingKnown: HealthMemory = {
  answer: null,
  silent: null,
  databaseGone: null,
  databaseSlow: null,
  fatals: null,
  first: { isPublic: null, home: null },
};

/** Judges one signed look. `now` in milliseconds; `scale` divides the waiting times (tests). */
export function judgeHealth(input: {
  now: number;
  scale?: number;
  memory: HealthMemory | null;
  page: PageMemory | null;
  said: HealthSaid;
  publicPage: PublicPage | null;
}): HealthJudgement {
  const { now, said, publicPage, scale = 1 } = input;
  const before = input.memory ?? nothingKnown;
  const judged = new Map<FindingCode, Seen | null>();
  const isGone = said.kind === 'answer' ? !said.answer.database.ok : said.databaseGone;
  // A failure that tells nothing of the database neither ends nor continues what was seen of it.
  const knowsDatabase = said.kind === 'answer' || said.databaseGone;
  const databaseGone = knowsDatabase ? (isGone ? oneMore(before.databaseGone, now) : null) : before.databaseGone;
  const silent =
    said.kind === 'failure' && !said.databaseGone && !ownCodes.has(said.code)
      ? { ...oneMore(before.silent, now), code: said.code }
      : null;
  const memory: HealthMemory = { ...before, databaseGone, silent };

  if (knowsDatabase) judgeGone(judged, { now, scale, row: databaseGone, said, publicPage });
  judged.set('plugin-silent', silentFinding(now, scale, silent, publicPage));
  if (said.kind === 'answer') {
    memory.answer = said.answer;
    memory.fatals = fatalsShown(before, said, now, scale);
    memory.first = {
      isPublic: before.first.isPublic ?? said.answer.isPublic,
      home: before.first.home ?? said.answer.home,
    };
    memory.databaseSlow =
      (said.answer.database.ms ?? 0) > healthLimits.slowMs ? oneMore(before.databaseSlow, now) : null;
    judgeAnswer(judged, { now, memory, answer: said.answer });
    const noindex = judgeNoindex(memory, input.page);
    if (noindex !== undefined) judged.set('noindex', noindex);
  }
  const isUndecided =
    databaseGone !== null &&
    !judged.has('database-gone') &&
    now - Date.parse(databaseGone.since) < (2 * healthLimits.pageUnseenMs) / scale;
  return {
    memory,
    judged,
    wantsPageLook: databaseGone?.times === 1,
    againInMs: isUndecided ? healthLimits.confirmMs / scale : null,
  };
}

/** Refusals that are about ourselves, not about a silent plugin. */
const ownCodes = new Set(['claim', 'rate-limited', 'maintenance', 'no-such-command', 'unknown-command', 'aborted']);

function oneMore(row: Row | null, now: number): Row {
  return row === null ? { since: new Date(now).toISOString(), times: 1 } : { since: row.since, times: row.times + 1 };
}

function judgeGone(
  judged: Map<FindingCode, Seen | null>,
  input: { now: number; scale: number; row: Row | null; said: HealthSaid; publicPage: PublicPage | null },
): void {
  const { now, scale, row, said, publicPage } = input;
  if (row === null) return void judged.set('database-gone', null);
  const since = Date.parse(row.since);
  const forMs = now - since;
  if (row.times < healthLimits.goneLooks || forMs < healthLimits.confirmMs / scale) return;
  const wasSeen = publicPage !== null && publicPage.checkedAt >= since;
  const isHidden = wasSeen && publicPage.phase === 'well' && publicPage.verdict === 'up';
  const isUnseen = !wasSeen && forMs >= healthLimits.pageUnseenMs / scale;
  // Not hidden: the watch sees it on the page and alarms by itself. What was found stays until the database is back.
  if (!isHidden && !isUnseen) return;
  const error = said.kind === 'answer' ? said.answer.database.error : null;
  judged.set('database-gone', {
    code: 'database-gone',
    urgency: 'high',
    facts: { error },
    reason: { code: isHidden ? 'behind-cache' : 'page-unseen', failures: row.times, forMs: forMs * scale },
  });
}

function silentFinding(
  now: number,
  scale: number,
  silent: HealthMemory['silent'],
  publicPage: PublicPage | null,
): Seen | null {
  if (silent === null) return null;
  const forMs = (now - Date.parse(silent.since)) * scale;
  if (silent.times < 3 || forMs < healthLimits.silentMs || publicPage?.phase !== 'well') return null;
  return {
    code: 'plugin-silent',
    urgency: 'low',
    facts: { error: silent.code },
    reason: { code: 'in-a-row', failures: silent.times, forMs },
  };
}

/** New ones are added up; they are shown for a day after the last. */
function fatalsShown(
  before: HealthMemory,
  said: { answer: HealthAnswer; logFatals: number },
  now: number,
  scale: number,
): HealthMemory['fatals'] {
  const { fatals } = said.answer;
  const known = before.answer?.fatals.count;
  // A counter that is lower than it was has begun anew.
  const counted = known === undefined ? 0 : fatals.count >= known ? fatals.count - known : fatals.count;
  const more = counted > 0 || before.answer === null ? counted : said.logFatals;
  const shown = before.fatals;
  if (more > 0) return { since: new Date(now).toISOString(), count: (shown?.count ?? 0) + more };
  return shown !== null && now - Date.parse(shown.since) < healthLimits.fatalsShownMs / scale ? shown : null;
}

function judgeAnswer(
  judged: Map<FindingCode, Seen | null>,
  input: { now: number; memory: HealthMemory; answer: HealthAnswer },
): void {
  const { now, memory, answer } = input;
  const low = (code: FindingCode, isSo: boolean, facts: Seen['facts'], reason: Seen['reason']): void =>
    void judged.set(code, isSo ? { code, urgency: 'low', facts, reason } : null);
  const limits = healthLimits;

  const slow = memory.databaseSlow;
  low(
    'database-slow',
    slow !== null && slow.times >= limits.slowLooks,
    { ms: Math.round(answer.database.ms ?? 0) },
    {
      code: 'in-a-row',
      failures: slow?.times ?? 0,
      forMs: slow === null ? 0 : now - Date.parse(slow.since),
    },
  );
  if (answer.disk !== null) {
    const { free, total } = answer.disk;
    const share = total === null ? 0 : Math.min(total * limits.diskShare, limits.diskEnoughBytes);
    const limit = Math.round(Math.max(limits.diskBytes, share));
    // A quota that is smaller than the limit says nothing of how full it is.
    const isSmall = total !== null && total < 2 * limits.diskBytes;
    low('disk-low', !isSmall && free < limit, { free }, { code: 'below', limit });
  }
  const { count = 0 } = memory.fatals ?? {};
  const { message, where } = answer.fatals;
  low('php-fatals', count > limits.fatalsADay, { count, message, where }, { code: 'above', limit: limits.fatalsADay });
  low(
    'clock-off',
    Math.abs(answer.clockOffSeconds) > limits.clockSeconds,
    { off: Math.abs(answer.clockOffSeconds) },
    {
      code: 'above',
      limit: limits.clockSeconds,
    },
  );
  const left = answer.maintenanceSeconds ?? 0;
  low(
    'maintenance-left',
    left > limits.maintenanceSeconds,
    { age: left },
    {
      code: 'above',
      limit: limits.maintenanceSeconds,
    },
  );
  if (answer.paused !== null)
    low('recovery-mode', answer.paused > 0, { paused: answer.paused }, { code: 'said-so', by: 'wordpress' });
  if (answer.cron !== null) {
    const { overdue, oldestSeconds, disabled } = answer.cron;
    low(
      'cron-late',
      oldestSeconds > limits.cronSeconds,
      { overdue, oldest: oldestSeconds, disabled },
      {
        code: 'above',
        limit: limits.cronSeconds,
      },
    );
  }
  const was = memory.first.home;
  if (answer.home !== null && was !== null) {
    const isOther = hostOf(answer.home) !== hostOf(was);
    low('home-changed', isOther, { now: answer.home, was }, { code: 'was-otherwise', was });
  }
}

/** Hidden now and not at the first look, by WordPress's setting or on the page itself. undefined = nobody can say. */
export function judgeNoindex(health: HealthMemory | null, page: PageMemory | null): Seen | null | undefined {
  const bySetting = health?.first.isPublic === true && health.answer?.isPublic === false;
  const byPage = page !== null && page.isNoindex && !page.first.isNoindex;
  if (bySetting || byPage) {
    const by = bySetting ? 'setting' : 'page';
    return { code: 'noindex', urgency: 'low', facts: { by }, reason: { code: 'said-so', by } };
  }
  return (health?.answer ?? null) === null && page === null ? undefined : null;
}

function hostOf(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname : address;
  return host.toLowerCase().replace(/^www\./, '');
}
