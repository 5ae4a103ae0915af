import { listen } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { answerRefused } from './errors.ts';
import { makeKit, type DutyReader } from './make-kit.ts';
import { Ask, readNotice, type Notice } from './notices.ts';
import { timesOf, type ProbeTimes } from './rules/times.ts';
import { lastWatchHeartbeat, notify } from './store.ts';
import type { Beat, CheckAnswer, Kit, StreamLine } from './wire.ts';

/** What one web process holds of second locations: their streams, and what is asked of them now. */
export interface ProbeStreams {
  /** The stream of one second location: lines of JSON. A newer one of the same ends the older. */
  open(probeId: string): ReadableStream<Uint8Array>;
  /** How the core is, now. */
  beat(): Promise<Beat>;
  /** Counts once per question and second location, before its deadline. Error: `probe-answer-refused`. */
  takeAnswer(probeId: string, answer: CheckAnswer): Promise<void>;
  /** It was heard, and can be asked. */
  tellPresent(probeId: string): Promise<void>;
  close(): Promise<void>;
}

interface Stream {
  write(line: StreamLine): void;
  end(): void;
  kitSent: { text: string; at: number } | null;
}

interface Question {
  deadline: number;
  answered: Set<string>;
}

/** Lines that wait for a second location that reads nothing; then its stream ends. */
const mostWaiting = 200;

export function openStreams(platform: Platform, readDuty: DutyReader): ProbeStreams {
  const { clock, db, log } = platform;
  const times = timesOf(platform.config.timeScale);
  const streams = new Map<string, Stream>();
  const questions = new Map<string, Question>();
  const openedAt = clock.now();
  const end = new AbortController();
  let background: { stop(): Promise<void> } | undefined;

  const tell = (notice: Notice): Promise<void> => notify(db, 'probe_answer', JSON.stringify(notice));
  const beat = () => readBeat(platform, times, openedAt);
  const pass = (ask: Ask): void => {
    const now = clock.monotonicMs();
    for (const [id, { deadline }] of questions) if (deadline < now) questions.delete(id);
    questions.set(ask.id, { deadline: now + ask.leftMs, answered: new Set() });
    const { id, url, keyword, hosts, status, leastBytes, leftMs } = ask;
    for (const stream of streams.values())
      stream.write({ type: 'check', id, target: { url, keyword }, learnt: { hosts, status, leastBytes }, leftMs });
  };
  // Opened with the first second location: most houses have none, and none of it costs them a connection.
  const begin = (): void => {
    if (background !== undefined || end.signal.aborted) return;
    const listening = listen(platform.connection.url, 'probe_ask', clock, {
      onBegin: () => {},
      onMessage: (payload) => {
        const ask = readNotice(Ask, payload);
        if (ask) pass(ask);
      },
    });
    const loop = beatLoop();
    background = {
      stop: async () => {
        await listening.stop();
        await loop;
      },
    };
  };
  const beatLoop = async (): Promise<void> => {
    let kit: Kit | undefined;
    let kitAt = -Infinity;
    while (!end.signal.aborted) {
      try {
        if (streams.size > 0) {
          const now = clock.monotonicMs();
          const line = await beat();
          for (const stream of streams.values()) stream.write(line);
          const isNew = [...streams.values()].some((stream) => stream.kitSent === null);
          if (isNew || now - kitAt >= times.kitLookMs) {
            kit = await makeKit(platform, readDuty);
            kitAt = now;
          }
          if (kit) for (const stream of streams.values()) sendKit(stream, kit, now, times);
        }
      } catch (error) {
        log.warn({ err: error }, 'second locations: beat failed');
      }
      await clock.sleep(times.beatMs, end.signal).catch(() => {});
    }
  };
  return {
    open: (probeId) => {
      begin();
      streams.get(probeId)?.end();
      const { readable, stream } = lineStream((gone) => {
        if (streams.get(probeId) !== gone) return;
        streams.delete(probeId);
        void tell({ kind: 'gone', probe: probeId }).catch(() => {});
      });
      streams.set(probeId, stream);
      return readable;
    },
    beat: () => {
      begin();
      return beat();
    },
    tellPresent: (probe) => tell({ kind: 'present', probe }),
    takeAnswer: async (probe, { id, seen }) => {
      begin();
      const question = questions.get(id);
      if (!question || clock.monotonicMs() > question.deadline || question.answered.has(probe)) throw answerRefused();
      question.answered.add(probe);
      await tell({ kind: 'answer', id, probe, seen });
    },
    close: async () => {
      end.abort();
      for (const stream of streams.values()) stream.end();
      await background?.stop();
    },
  };
}

async function readBeat(platform: Platform, times: ProbeTimes, openedAt: Date): Promise<Beat> {
  const now = platform.clock.now();
  const at = now.toISOString();
  try {
    const heartbeat = (await lastWatchHeartbeat(platform.db)) ?? openedAt;
    const lives = now.getTime() - heartbeat.getTime() < times.watchFreshMs;
    return { type: 'beat', at, watch: lives ? 'lives' : 'silent', since: lives ? null : heartbeat.toISOString() };
  } catch {
    return { type: 'beat', at, watch: 'unknown', since: null };
  }
}

/** When it changed, and at least every hour. Only where it begins and ends moves all the time: that is no change. */
function sendKit(stream: Stream, kit: Kit, now: number, times: ProbeTimes): void {
  const spans = kit.spans.map(({ to, guards }) => [to === kit.until ? '' : to, guards]);
  const text = JSON.stringify({ ...kit, madeAt: '', until: '', spans });
  const { kitSent } = stream;
  if (kitSent !== null && kitSent.text === text && now - kitSent.at < times.kitMs) return;
  stream.write({ type: 'kit', kit });
  stream.kitSent = { text, at: now };
}

function lineStream(onGone: (stream: Stream) => void): { readable: ReadableStream<Uint8Array>; stream: Stream } {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stop = (): void => {
    const ending = controller;
    controller = undefined;
    if (ending === undefined) return;
    ending.close();
    onGone(stream);
  };
  const stream: Stream = {
    kitSent: null,
    write: (line) => {
      if (controller === undefined) return;
      if ((controller.desiredSize ?? 0) < -mostWaiting) stop();
      else controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
    },
    end: stop,
  };
  const readable = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      controller = undefined;
      onGone(stream);
    },
  });
  return { readable, stream };
}
