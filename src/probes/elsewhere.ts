import type { Clock } from '../platform/clock.ts';
import { listen, type Db } from '../platform/database/index.ts';
import { newId } from '../platform/new-id.ts';
import { Ask, longestPayload, Notice, readNotice } from './notices.ts';
import { gather, type Seen } from './rules/gather.ts';
import { timesOf } from './rules/times.ts';
import { notify } from './store.ts';

/** What another location needs to judge a site by itself (`judgeCheck`, monitoring/rules/verdict.ts). */
export interface ElsewhereTarget {
  url: string;
  keyword: string | null;
  learnt: { hosts: readonly string[]; status: number; leastBytes?: number | null };
}

/** Second locations, as the watcher sees them. */
export interface Elsewhere {
  /**
   * Has every second location look once. 'up' as soon as one sees the site well; 'down' when those that answered do not;
   * 'none' when none answered in time, or it has trouble of its own. Never rejects; takes 12 s at most.
   */
  ask(target: ElsewhereTarget, signal?: AbortSignal): Promise<Seen>;
  /** Whether one was heard in the last 30 s, so that asking makes sense. */
  available(): boolean;
  close(): Promise<void>;
}

interface Question {
  answers: Map<string, Seen>;
  decide(isOver: boolean): void;
}

/**
 * Through PostgreSQL's NOTIFY to whichever web process holds the streams; one connection that listens, none that is held.
 * `timeScale`: NACHTWACHT_TEST_TIME_SCALE.
 */
export function openElsewhere(ground: { databaseUrl: string; db: Db; clock: Clock; timeScale: number }): Elsewhere {
  const { db, clock } = ground;
  const times = timesOf(ground.timeScale);
  /** Second locations by when they were heard last, monotonic. */
  const present = new Map<string, number>();
  const questions = new Map<string, Question>();
  const listNow = (): string[] => {
    const from = clock.monotonicMs() - times.presentMs;
    return [...present].filter(([, at]) => at >= from).map(([probe]) => probe);
  };
  const take = (notice: Notice): void => {
    if (notice.kind === 'gone') {
      present.delete(notice.probe);
      return;
    }
    present.set(notice.probe, clock.monotonicMs());
    if (notice.kind !== 'answer') return;
    const question = questions.get(notice.id);
    question?.answers.set(notice.probe, notice.seen);
    question?.decide(false);
  };
  const listening = listen(ground.databaseUrl, 'probe_answer', clock, {
    onBegin: () => {},
    onMessage: (payload) => {
      const notice = readNotice(Notice, payload);
      if (notice) take(notice);
    },
  });

  const ask = async (target: ElsewhereTarget, signal?: AbortSignal): Promise<Seen> => {
    const asked = listNow();
    if (asked.length === 0 || signal?.aborted === true) return 'none';
    const id = newId();
    const { hosts, status, leastBytes = null } = target.learnt;
    const { url, keyword } = target;
    const payload = JSON.stringify({
      id,
      url,
      keyword,
      hosts: [...hosts],
      status,
      leastBytes,
      leftMs: times.answerMs,
    } satisfies Ask);
    if (Buffer.byteLength(payload) > longestPayload) return 'none';
    const over = new AbortController();
    const result = Promise.withResolvers<Seen>();
    const answers = new Map<string, Seen>();
    const decide = (isOver: boolean): void => {
      const seen = gather({ asked, answers, isOver });
      if (seen !== 'wait') result.resolve(seen);
    };
    questions.set(id, { answers, decide });
    const onAbort = (): void => decide(true);
    signal?.addEventListener('abort', onAbort, { once: true });
    void clock.sleep(times.answerMs, over.signal).then(
      () => decide(true),
      () => {},
    );
    try {
      // A database that hangs must not hold the watch up: the deadline counts from before it was asked.
      void notify(db, 'probe_ask', payload).catch(() => decide(true));
      return await result.promise;
    } finally {
      questions.delete(id);
      over.abort();
      signal?.removeEventListener('abort', onAbort);
    }
  };
  return { ask, available: () => listNow().length > 0, close: () => listening.stop() };
}
