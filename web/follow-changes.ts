import { retryDelay } from './api.ts';

/** What a stream of changes says: which rows are other than they were; `all` = it is not known which. */
interface Changes {
  all: boolean;
  sites: string[];
}

interface Following {
  open: (signal: AbortSignal) => Promise<AsyncIterable<Changes>>;
  /** Fetches these rows now. */
  readRows: (ids: readonly string[]) => Promise<void>;
  /** Asks everything anew: counts, order, what waits. */
  readAnew: () => void;
}

/** How soon after a change the counts and the order are asked anew: one question for all changes of a while. */
const wholeAfterMs = 8000;
/** What changed between the page's own reading and the begin of the stream: asked soon, and not in the way of the first picture. */
const againAfterMs = 500;

/**
 * Keeps a list as it is on the server: rows that changed are fetched at once, the rest a little later. Ends its stream
 * while nobody sees the page (a stream takes one of the browser's six connections) and begins anew when somebody does.
 * Returns what ends it.
 */
export function followChanges({ open, readRows, readAnew }: Following): () => void {
  let ending: AbortController | undefined;
  let whole: ReturnType<typeof setTimeout> | undefined;

  const anew = (): void => {
    clearTimeout(whole);
    whole = undefined;
    readAnew();
  };
  const follow = async (signal: AbortSignal): Promise<void> => {
    for (let failures = 0; !signal.aborted; failures++) {
      let isFirst = true;
      try {
        for await (const { all, sites } of await open(signal)) {
          // The first event says `all`, since nobody listened before it.
          if (all && isFirst && failures === 0) whole ??= setTimeout(anew, againAfterMs);
          else if (all) anew();
          else {
            await readRows(sites);
            whole ??= setTimeout(anew, wholeAfterMs);
          }
          isFirst = false;
          failures = 0;
        }
      } catch {
        // Lost: the questions below meet the same trouble, and the banner tells of it.
        if (!signal.aborted) anew();
      }
      if (!signal.aborted) await pause(retryDelay(failures), signal);
    }
  };
  const begin = (): void => {
    ending ??= new AbortController();
    void follow(ending.signal);
  };
  const onVisibility = (): void => {
    if (document.hidden) {
      ending?.abort();
      ending = undefined;
    } else if (!ending) {
      anew();
      begin();
    }
  };
  if (!document.hidden) begin();
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    ending?.abort();
    clearTimeout(whole);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
