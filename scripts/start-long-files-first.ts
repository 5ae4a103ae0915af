import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute and more, the longest first: one that starts last keeps the whole run waiting. */
const long = [
  'break-and-restore-large.wordpress',
  'break-and-restore.wordpress',
  'hard-host.wordpress',
  'watch.wordpress',
  'kill.wordpress',
  'backup-to-s3.wordpress',
  'make-backup.wordpress',
  'restic/restic.integration',
  'restic/backends.integration',
  'restic/kill.integration',
  'serve.integration',
  'senders.integration',
  'dead-man.paced',
  'processes.paced',
  'dead-core.paced',
  'watch/cut.paced',
  'saga.paced',
];

/** The order of the test files: the long ones first, the others as vitest has them. */
export default class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex((name) => moduleId.includes(name));
      return found === -1 ? long.length : found;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own method, not an array's.
    const asVitestHasThem = await super.sort(files);
    return asVitestHasThem.toSorted((a, b) => rank(a) - rank(b));
  }
}
