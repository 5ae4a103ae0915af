import { describe, expect, test } from 'vitest';
import { callUntilDone, MOST_ANSWERS, type Answer } from './caller.ts';
import { ConnectorError } from './errors.ts';
import { FileCommands } from './file-commands.ts';

// A site that always has more to come: what asks it comes to an end all the same.

const invalid = (what: string): object => ({ code: 'answer-invalid', retryable: false, details: { what } });
const noEnd = invalid(`it does not end within ${MOST_ANSWERS} answers`);

/** Answers every call with one folder and this cursor. */
function site(next: (times: number) => unknown) {
  const asked = { times: 0 };
  const call = async (): Promise<Answer> => {
    const end = { ok: true, time: 1, ms: 1, peak: 1, next: next(asked.times++) };
    return { records: [{ value: { d: '', e: [], more: true }, data: [] }], end, release: () => undefined };
  };
  const caller = {
    call,
    callUntilDone: async () => (await call()).end,
    // oxlint-disable-next-line require-yield -- nothing is streamed here
    stream: async function* () {
      throw new ConnectorError('answer-cut');
    },
  };
  return { asked, caller };
}

async function drain(pages: AsyncIterator<unknown>): Promise<void> {
  while ((await pages.next()).done !== true);
}

const maze: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);

describe('a command that is called until it is done', () => {
  const run = (next: (times: number) => unknown) => {
    const { asked, caller } = site(next);
    return { asked, work: callUntilDone(caller, 'stage.commit', {}, { maxAnswerBytes: 1 }) };
  };

  test('a new cursor each time, for ever', async () => {
    const { asked, work } = run((times) => times + 1);
    await expect(work).rejects.toMatchObject(noEnd);
    expect(asked.times).toBe(MOST_ANSWERS);
  });

  test('a cursor that stands still, or is nested without end', async () => {
    await expect(run(() => 7).work).rejects.toMatchObject(invalid('it does not advance'));
    await expect(run(() => maze).work).rejects.toMatchObject(invalid('a cursor that is a maze'));
  });

  test('an honest one ends', async () => {
    await expect(run((times) => (times < 9 ? times : null)).work).resolves.toMatchObject({ ok: true });
  });
});

describe('a list of files', () => {
  const list = (next: (times: number) => unknown, answers?: number) => {
    const { asked, caller } = site(next);
    const options = { root: 'root', ...(answers === undefined ? {} : { answers }) };
    return { asked, work: drain(new FileCommands(caller).list(options)) };
  };

  test('a new cursor each time, for ever', async () => {
    const { asked, work } = list((times) => ({ at: times }));
    await expect(work).rejects.toMatchObject(noEnd);
    expect(asked.times).toBe(MOST_ANSWERS);
  });

  test('what an earlier attempt was answered counts', async () => {
    const { asked, work } = list((times) => ({ at: times }), MOST_ANSWERS - 5);
    await expect(work).rejects.toMatchObject(noEnd);
    expect(asked.times).toBe(5);
  });

  test('a cursor that is nested without end', async () => {
    await expect(list(() => maze).work).rejects.toMatchObject(invalid('a cursor that is a maze'));
  });
});
