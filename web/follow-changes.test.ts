import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followChanges } from './follow-changes.ts';

type Told = { all: boolean; sites: string[] };

/** A page that is seen, and a stream that says what it is told to. */
class Page extends EventTarget {
  hidden = false;
  readonly asked: string[] = [];
  readonly #events: Told[] = [];
  #wake = (): void => {};

  say(event: Told): void {
    this.#events.push(event);
    this.#wake();
  }

  follow(): () => void {
    return followChanges({
      open: async (signal) => this.#stream(signal),
      readRows: async (ids) => void this.asked.push(ids.join(',')),
      readAnew: () => void this.asked.push('anew'),
    });
  }

  async *#stream(signal: AbortSignal): AsyncGenerator<Told> {
    while (!signal.aborted) {
      const next = this.#events.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

describe('a list that follows what changes', () => {
  let page: Page;
  let end: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    page = new Page();
    vi.stubGlobal('document', page);
    end = page.follow();
  });
  afterEach(() => {
    end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('asks again once the stream has begun: something may have changed after the page was read', async () => {
    page.say({ all: true, sites: [] });
    await vi.advanceTimersByTimeAsync(100);
    expect(page.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(page.asked).toEqual(['anew']);
  });

  it('fetches rows that changed at once, and the rest a little later, once for all', async () => {
    page.say({ all: true, sites: [] });
    await vi.advanceTimersByTimeAsync(1000);
    page.say({ all: false, sites: ['a', 'b'] });
    await vi.advanceTimersByTimeAsync(10);
    page.say({ all: false, sites: ['c'] });
    await vi.advanceTimersByTimeAsync(10);
    expect(page.asked).toEqual(['anew', 'a,b', 'c']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.asked).toEqual(['anew', 'a,b', 'c', 'anew']);
  });

  it('asks everything when it is not known what changed', async () => {
    page.say({ all: true, sites: [] });
    page.say({ all: true, sites: [] });
    await vi.advanceTimersByTimeAsync(10);
    expect(page.asked).toEqual(['anew']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.asked).toEqual(['anew']);
  });

  it('is quiet while nobody sees the page, and asks when somebody does', async () => {
    page.say({ all: true, sites: [] });
    await vi.advanceTimersByTimeAsync(1000);
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    page.say({ all: false, sites: ['a'] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.asked).toEqual(['anew']);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(page.asked).toEqual(['anew', 'anew']);
  });
});
