import type { Clock } from '../../platform/clock.ts';
import type { Checked, Checker } from '../check/index.ts';
import type { CheckResult } from '../results/pack.ts';
import { confirm, type Step } from '../rules/confirm.ts';
import { expectationsAtFirst, expectationsOf, learn, type Learning } from '../rules/learn.ts';
import { judgeCheck, type Verdict } from '../rules/verdict.ts';
import type { Overload } from '../wheel/index.ts';
import type { References } from './references.ts';
import { wishesOf, type TargetState } from './target.ts';
import type { WatchedSite } from './watched-site.ts';

/** What another location needs to judge a site by itself, and how it is asked (probes/elsewhere.ts). */
export interface AskElsewhere {
  ask(
    target: {
      url: string;
      keyword: string | null;
      learnt: { hosts: readonly string[]; status: number; leastBytes?: number | null };
    },
    signal?: AbortSignal,
  ): Promise<'up' | 'down' | 'none'>;
}

export interface LookParts {
  clock: Clock;
  checker: Pick<Checker, 'check'>;
  overload: Pick<Overload, 'trust'>;
  references: References;
  elsewhere: AskElsewhere;
  timeoutMs: number;
}

/** One look at a site, judged. */
export interface Looked {
  at: number;
  step: Step;
  here: Verdict;
  references: 'fine' | 'failing' | 'none';
  checked: Checked;
  state: TargetState;
  result: CheckResult;
}

/** Checks a site once, beside it asks others when it is in doubt, and says what follows. Changes nothing. */
export async function lookAt(site: WatchedSite, parts: LookParts, signal: AbortSignal): Promise<Looked> {
  const { target, state } = site;
  const at = parts.clock.now().getTime();
  const startedAt = parts.clock.monotonicMs();
  const wishes = wishesOf(target);
  const expected = expectationsOf(wishes, state.learning);
  const { hosts, status, keyword, leastBytes } = expected;
  const [checked, elsewhere, references] = await Promise.all([
    parts.checker.check(
      { url: target.url, keyword, timeoutMs: parts.timeoutMs, isOurs: target.kind === 'drill' },
      signal,
    ),
    site.asksOthers
      ? parts.elsewhere.ask({ url: target.url, keyword, learnt: { hosts, status, leastBytes } }, signal)
      : ('none' as const),
    site.asksOthers ? parts.references.ask() : ('none' as const),
  ]);
  const outcome = parts.overload.trust(checked.outcome, startedAt);
  const isAnswer = outcome.kind === 'answer';
  const here = judgeCheck(
    outcome,
    isAnswer ? expectationsAtFirst(expected, state.learning, wishes, outcome) : expected,
  );
  const step = confirm(state.watched, { at, here, elsewhere, references }, site.policy);
  const { verdict, cause, detail } = told(here, step);
  // A stranger's address and certificate say nothing of where the site lives: sites led there are not of one host.
  const isElsewhere = here.verdict === 'down' && here.cause === 'foreign-redirect';
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = checked.phases;
  const seenStatus = isAnswer ? outcome.status : null;
  const learning = learnFrom(state.learning, here, checked, at, wishes.keyword);
  return {
    at,
    step,
    here,
    references,
    checked,
    result: { at, verdict, cause, status: seenStatus, dnsMs, connectMs, tlsMs, firstByteMs, totalMs },
    state: {
      ...state,
      watched: step.state,
      verdict,
      cause,
      detail,
      reason: step.reason,
      checkedAt: at,
      status: seenStatus,
      totalMs: Math.round(totalMs),
      address: isElsewhere ? state.address : (checked.address ?? state.address),
      certificate:
        checked.certificate && !isElsewhere
          ? { expiresAt: checked.certificate.expiresAt.getTime(), issuer: checked.certificate.issuer }
          : state.certificate,
      learning,
    },
  };
}

/** What is shown and kept of a check: trouble of our own that only the others showed makes it unknown too. */
function told(here: Verdict, step: Step): Pick<TargetState, 'verdict' | 'cause' | 'detail'> {
  if (step.reason.code === 'blind') return { verdict: 'unknown', cause: step.reason.cause, detail: null };
  if (here.verdict === 'down') return { verdict: 'down', cause: here.cause, detail: here.detail };
  return { verdict: here.verdict, cause: here.verdict === 'up' ? null : here.cause, detail: null };
}

function learnFrom(
  learning: Learning,
  here: Verdict,
  checked: Checked,
  at: number,
  setKeyword: string | null,
): Learning {
  const { outcome, page } = checked;
  if (here.verdict !== 'up' || outcome.kind !== 'answer') return learning;
  // Of a text that a person set nothing follows for the learnt one.
  const hasKeyword = setKeyword === null ? outcome.hasKeyword : null;
  if (learning.since !== null && hasKeyword !== false) return learning;
  const { status, host, bodyBytes } = outcome;
  return learn(learning, { at, status, host, texts: page?.footerTexts ?? [], bytes: bodyBytes, hasKeyword });
}
