import { describe, expect, it } from 'vitest';
import { batchFiles, type FileToSend } from './batch-files.ts';

function batches(files: FileToSend[], maxBytes = 100, maxFiles = 3): string[] {
  return [...batchFiles(files, () => ({ maxBytes, maxFiles }))].map((batch) =>
    batch.map((part) => `${part.index}@${part.offset}+${part.length}`).join(' '),
  );
}
const whole = (size: number): FileToSend => ({ size, have: 0 });

describe('batchFiles', () => {
  it('puts small files together, up to the count and the bytes', () => {
    expect(batches([whole(10), whole(10), whole(10), whole(10)])).toEqual(['0@0+10 1@0+10 2@0+10', '3@0+10']);
    expect(batches([whole(60), whole(60)])).toEqual(['0@0+60', '1@0+60']);
  });

  it('sends empty files too', () => {
    expect(batches([whole(0), whole(5)])).toEqual(['0@0+0 1@0+5']);
  });

  it('cuts a large file into ranges', () => {
    expect(batches([whole(250), whole(10)])).toEqual(['0@0+100', '0@100+100', '0@200+50 1@0+10']);
  });

  it('goes on where the stage has it already', () => {
    expect(batches([{ size: 250, have: 200 }, { size: 10, have: 10 }, whole(1)])).toEqual(['0@200+50 2@0+1']);
  });

  it('takes a new limit from one batch to the next', () => {
    let maxBytes = 50;
    const parts = [];
    for (const batch of batchFiles([whole(200)], () => ({ maxBytes, maxFiles: 9 }))) {
      parts.push(batch[0]?.length);
      maxBytes = 75;
    }
    expect(parts).toEqual([50, 75, 75]);
  });
});
