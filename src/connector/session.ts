import { z } from 'zod';
import { ConnectorError } from './errors.ts';
import type { AnswerEnd } from './frame-parser.ts';
import type { Frame } from './frame-reader.ts';

/** A database snapshot that stays open on the site. */
export interface SnapshotSession {
  readonly id: string;
  /** Why it has ended, once it has. */
  readonly ended: Promise<void>;
  readonly isOpen: boolean;
  /** Ends it; resolves when the site's request is over. Never throws. */
  close(): Promise<void>;
}

const Opened = z.looseObject({ session: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) });

/** Waits for the session's id, then keeps the request alive until it ends by itself or `close` is called. */
export async function holdSession(
  frames: AsyncGenerator<Frame, AnswerEnd, void>,
  abort: AbortController,
  askToClose: (id: string) => Promise<void>,
): Promise<SnapshotSession> {
  const first = await frames.next();
  if (first.done === true) throw new ConnectorError('no-session');
  const opened = Opened.safeParse(first.value.type === 'J' ? first.value.value : undefined);
  if (!opened.success) {
    abort.abort();
    throw new ConnectorError('answer-invalid', { cause: opened.error });
  }
  const id = opened.data.session;
  let isOpen = true;
  const ended = (async () => {
    try {
      for (;;) if ((await frames.next()).done === true) return;
    } catch {
      // However it ended: it is over, and the next command with it says `session-gone`.
    } finally {
      isOpen = false;
    }
  })();
  return {
    id,
    ended,
    get isOpen() {
      return isOpen;
    },
    close: async () => {
      if (isOpen) await askToClose(id).catch(() => undefined);
      if (isOpen) abort.abort();
      await ended;
    },
  };
}
