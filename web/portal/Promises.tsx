import { bytesInWords } from '../../src/platform/words.ts';
import type { MySiteInFull } from '../../src/portal/contract.ts';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateOnly, shortly } from '../ui/moment-words.ts';
import { useNow } from '../ui/now.ts';
import styles from './Portal.module.css';
import { PromiseLine } from './PromiseLine.tsx';
import { WatchPromise } from './WatchPromise.tsx';
import { portalWords } from './words.ts';

/** The contract, kept: each promise a line with its proof. */
export function Promises({ site }: { site: MySiteInFull }) {
  const words = useWords(portalWords);
  const language = useLanguage();
  const now = useNow();
  const when = (at: string): string => shortly(new Date(at), now, { language });
  const { lastBackupAt, nextBackupBy, lastProof, month, moments, size } = site;
  const isBehind = site.reason === 'overdue' || site.reason === 'paused' || site.reason === 'not-connected';
  return (
    <ul className={styles.list} aria-label={words.promises}>
      <WatchPromise watch={site.watch} />
      <PromiseLine
        state={lastBackupAt === null ? 'off' : isBehind ? 'unsure' : 'well'}
        title={lastBackupAt === null ? words.noBackup : words.backupAt(when(lastBackupAt))}
      >
        {words.how[site.plan]} {month.due > 0 && words.month(month.kept, month.due)}{' '}
        {nextBackupBy !== null && words.nextBy(when(nextBackupBy))}
      </PromiseLine>
      {lastBackupAt !== null && (
        <>
          <PromiseLine
            state={lastProof === null ? 'off' : 'well'}
            title={lastProof === null ? words.noProof : words.proof}
          >
            {lastProof === null
              ? words.notProven
              : words.proven[lastProof.kind](dateOnly(new Date(lastProof.at), { language }))}
          </PromiseLine>
          <PromiseLine
            state={moments.oldest === null ? 'off' : 'well'}
            title={
              moments.oldest === null ? words.noMoments : words.backTo(dateOnly(new Date(moments.oldest), { language }))
            }
          >
            {moments.count > 0 && words.moments(moments.count)}
          </PromiseLine>
        </>
      )}
      {size !== null && (
        <PromiseLine
          state={size.state === 'ok' ? 'well' : 'unsure'}
          title={size.state === 'ok' ? words.fits : words.tooLarge}
        >
          {words.size(bytesInWords(size.totalBytes, language), bytesInWords(size.limitBytes, language))}
        </PromiseLine>
      )}
    </ul>
  );
}
