import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Sender } from '../../channels/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { ElsewhereTarget } from '../elsewhere.ts';
import { afterCut, afterSleep, beginHearing, hear, judgeCore, notice, type Sign } from '../rules/dead-man.ts';
import { timesOf } from '../rules/times.ts';
import type { Beat, CheckAnswer, CheckRequest, Kit, SignOfLife } from '../wire.ts';
import { openOwnAlarm, type AskNext } from './alarm-by-itself.ts';
import { askHealth, CoreRefused, openCore } from './core-client.ts';
import type { Identity, OutpostFolder } from './folder.ts';
import { reachReferences, type References } from './reach-references.ts';

export interface Outpost {
  folder: OutpostFolder;
  identity: Identity;
  clock: Clock;
  log: Log;
  version: string;
  /** NACHTWACHT_TEST_TIME_SCALE; 1 = real. */
  timeScale: number;
  timeZone: string;
  /** Looks once at a site, as the watch does. */
  look(target: ElsewhereTarget, signal: AbortSignal): Promise<Omit<CheckAnswer, 'id'>>;
  sms: { kind: string; sender: Sender } | undefined;
  askNext: AskNext;
}

/** Checks at the same time; what is more answers 'none', for a late answer counts as none anyway. */
const mostLooks = 200;

/** Runs a second location until the signal is aborted: it answers, says that it lives, and alarms when its core does not. */
export async function runOutpost(outpost: Outpost, signal: AbortSignal): Promise<void> {
  const { folder, identity, clock, log, timeScale } = outpost;
  const times = timesOf(timeScale);
  // Networks do not get faster in a test.
  const timeoutMs = Math.max(2000, (times.beatMs * 4) / 5);
  const core = openCore(identity, clock, timeoutMs);
  const now = (): number => clock.now().getTime();
  let kit = folder.readKit();
  let heard = beginHearing(now(), folder.readLastHeard(), times);
  let references: References = 'none';
  let streaming = false;
  let looks = 0;
  let checks = 0;
  const own = openOwnAlarm({
    folder,
    clock,
    log,
    name: identity.name,
    sender: outpost.sms?.sender,
    askNext: outpost.askNext,
    timeScale,
    kit: () => kit,
    timeZone: outpost.timeZone,
  });
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  const takeSign = (sign: Sign): void => {
    heard = hear(heard, now(), sign);
    folder.saveLastHeard(heard.coreAt);
  };
  const takeBeat = (beat: Beat): void => takeSign(signOf(beat, now()));
  const takeKit = (given: Kit | undefined): void => {
    kit = given;
    folder.saveKit(given);
  };
  const answerCheck = async (request: CheckRequest): Promise<void> => {
    const late = AbortSignal.timeout(request.leftMs);
    const busy = { seen: 'none' as const, cause: 'busy', detail: null };
    looks++;
    checks++;
    try {
      const target = { ...request.target, learnt: request.learnt };
      const seen = looks > mostLooks ? busy : await outpost.look(target, AbortSignal.any([late, signal]));
      if (!late.aborted) await core.answer({ id: request.id, ...seen });
    } catch (error) {
      log.debug({ err: error }, 'an answer did not count');
    } finally {
      looks--;
    }
  };
  const said = (): SignOfLife => ({
    version: outpost.version,
    streaming,
    facts: {
      sms: outpost.sms?.kind ?? null,
      smsError: own.lastError()?.slice(0, 300) ?? null,
      kitUntil: kit?.until ?? null,
      references,
      loopDelayMs: Math.min(10_000_000, Math.round(delay.percentile(99) / 1e6)),
      checks,
      alarmsSince: own.standing() === null ? null : new Date(own.standing()?.since ?? 0).toISOString(),
    },
  });

  /** Says that we live, and hears whether the core does; when it does not answer, its public page is the second path. */
  const beatOnce = async (): Promise<void> => {
    try {
      takeBeat(await core.beat(said()));
      delay.reset();
      for (const told of folder.readUntold()) {
        await core.tell(told);
        folder.saveUntold(folder.readUntold().slice(1));
      }
    } catch (error) {
      if (error instanceof CoreRefused) {
        // It lives, and does not count on us: we keep no numbers of its people, and wake nobody for it.
        log.error({ code: error.code }, 'the core does not know this second location any more: join again');
        if (error.code === 'probe-unknown') takeKit(undefined);
        takeSign({ kind: 'page', watch: 'not-told' });
        return;
      }
      log.debug({ err: error }, 'the core did not answer');
      const health = await askHealth(kit?.publicUrl ?? identity.url, timeoutMs);
      if (health) takeSign({ kind: 'page', watch: health.database ? 'not-told' : 'unknown' });
    }
  };
  const repeat = async (everyMs: number, work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => log.error({ err: error }, 'second location: part failed'));
      await clock.sleep(everyMs, signal).catch(() => {});
    }
  };
  const follow = async (): Promise<void> => {
    let pauseMs = 1000;
    while (!signal.aborted) {
      try {
        await core.follow(
          (line) => {
            streaming = true;
            pauseMs = 1000;
            if (line.type === 'beat') takeBeat(line);
            else if (line.type === 'kit') takeKit(line.kit);
            else void answerCheck(line);
          },
          Math.max(3000, times.beatMs * 3.5),
          signal,
        );
      } catch (error) {
        log.debug({ err: error }, 'stream lost');
      }
      streaming = false;
      await clock.sleep(pauseMs / timeScale, signal).catch(() => {});
      pauseMs = Math.min(30_000, pauseMs * 2);
    }
  };
  const look = async (): Promise<void> => {
    const before = references;
    references = await reachReferences(kit?.references ?? [], Math.min(5000, Math.max(1000, times.referencesMs)));
    if (before === 'failing' && references !== 'failing') heard = afterCut(heard, now(), times);
  };
  const tickMs = Math.max(100, 1000 / timeScale);
  let lastTick = clock.monotonicMs();
  let lastWall = now();
  const judge = async (): Promise<void> => {
    const gap = Math.max(clock.monotonicMs() - lastTick, now() - lastWall) - tickMs;
    lastTick = clock.monotonicMs();
    lastWall = now();
    // Sending an SMS takes its time as well; only what is longer than any of that was a sleep.
    if (gap > times.beatMs * 2) heard = afterSleep(heard, now(), gap, times);
    heard = notice(heard, now(), times);
    const opinion = judgeCore(now(), heard, references, own.standing(), times);
    if (opinion.do === 'alarm') own.begin(opinion);
    if (opinion.do === 'end') await own.end(opinion.since);
  };
  try {
    await Promise.all([
      follow(),
      repeat(times.beatMs, beatOnce),
      repeat(times.referencesMs, look),
      repeat(tickMs, judge),
      repeat(tickMs, () => own.carryOn()),
    ]);
  } finally {
    delay.disable();
    await outpost.sms?.sender.close();
  }
}

function signOf(beat: Beat, now: number): Sign {
  if (beat.watch === 'lives') return { kind: 'beat', watch: 'lives' };
  if (beat.watch === 'unknown') return { kind: 'beat', watch: 'unknown' };
  // Counted by our own clock.
  const forMs = beat.since === null ? 0 : Math.max(0, Date.parse(beat.at) - Date.parse(beat.since));
  return { kind: 'beat', watch: 'silent', since: now - forMs };
}
