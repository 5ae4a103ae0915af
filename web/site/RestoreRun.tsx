import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Restore } from '../../src/backups/restore/contract.ts';
import { numberInWords } from '../../src/platform/words.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api } from '../api.ts';
import { useLive } from '../live.ts';
import { ButtonAnchor, ButtonLink } from '../ui/Button.tsx';
import { durationInWords } from '../ui/duration-words.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { uiWords } from '../ui/words.ts';
import { restoreScreenWords } from './restore-words.ts';
import styles from './Restore.module.css';
import { nameOf } from './SitePage.tsx';
import { failureOf } from './run-failure.ts';
import { UndoRestore } from './UndoRestore.tsx';
import { refreshSite, RunBand } from './WorkBand.tsx';
import { siteWords } from './words.ts';

/** A restore under way, and what came of it. This address can be left and come back to. */
export function RestoreRun({ site, run }: { site: Site; run: string }) {
  const words = useWords(restoreScreenWords);
  const pageWords = useWords(siteWords);
  const name = nameOf(site.url);
  const seen = useLive(
    api.runs.watch.experimental_liveOptions({ input: { run } }),
    (one) => one.state !== 'queued' && one.state !== 'running',
  );
  const state = seen.data?.state;
  const isOver = state !== undefined && state !== 'queued' && state !== 'running';
  const restores = useQuery(
    api.restores.list.queryOptions({ input: { site: site.id, limit: 50 }, enabled: isOver, staleTime: 0 }),
  );
  useEffect(() => {
    if (isOver) void refreshSite(site.id);
  }, [isOver, site.id]);
  const restore = restores.data?.find((one) => one.id === run);
  return (
    <>
      <Sentence
        above={
          <>
            <Link to="/">{pageWords.sites}</Link> /{' '}
            <Link to="/sites/$site" params={{ site: site.id }}>
              {name}
            </Link>
          </>
        }
        {...(isOver ? {} : { below: words.run.goingText })}
      >
        {isOver ? endSentence(words.run, name, state, restore) : words.run.going(name)}
      </Sentence>
      {seen.isError && <ErrorNote error={seen.error} onRetry={() => void seen.refetch()} />}
      {seen.data === undefined && !seen.isError && <Skeleton block lines={1} />}
      {seen.data !== undefined && !isOver && <RunBand run={seen.data} leave={false} />}
      {isOver && seen.data?.error && <ErrorNote error={failureOf(seen.data.error)} />}
      {restore !== undefined && <Outcome site={site} restore={restore} />}
    </>
  );
}

type RunWords = ReturnType<typeof restoreScreenWords>['run'];

function endSentence(words: RunWords, name: string, state: string, restore: Restore | undefined): string {
  if (state === 'done') return restore?.undoOf == null ? words.done(name) : words.undone(name);
  const evidence: unknown = restore?.evidence;
  if (typeof evidence === 'object' && evidence !== null && 'stillHalf' in evidence && evidence.stillHalf === true) {
    return words.still;
  }
  if (restore?.state === 'reverted') return words.reverted;
  return state === 'cancelled' ? words.stopped : words.failed;
}

interface Evidence {
  files: number;
  removed: number;
  tables: number;
  checked: number;
  changedSince: string[];
  notMade: string[];
  presentComplete: boolean;
  presentGaps: string[];
  seconds: number;
}

function evidenceOf(restore: Restore): Evidence | undefined {
  const { evidence } = restore;
  if (typeof evidence !== 'object' || evidence === null || !('checked' in evidence)) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the restore saga, nobody else
  return evidence as Evidence;
}

function Outcome({ site, restore }: { site: Site; restore: Restore }) {
  const words = useWords(restoreScreenWords).run;
  const { unit } = useWords(uiWords);
  const language = useLanguage();
  const done = evidenceOf(restore);
  const counted = (count: number, text: (count: string, isOne: boolean) => string) =>
    text(numberInWords(count, language), count === 1);
  const parts =
    done === undefined
      ? []
      : [
          ...(done.files > 0 ? [counted(done.files, words.files)] : []),
          ...(done.removed > 0 ? [counted(done.removed, words.removed)] : []),
          ...(done.tables > 0 ? [counted(done.tables, words.tables)] : []),
        ];
  return (
    <Panel>
      {done !== undefined && (
        <ul className={styles.plain}>
          <li>
            <StateMark state="well">
              {parts.length === 0 ? words.nothing : parts.join(', ')}{' '}
              {words.took(durationInWords(done.seconds * 1000, language, unit))}
            </StateMark>
          </li>
          <li>{counted(done.checked, words.checked)}</li>
          <li>{done.presentComplete ? words.kept : words.keptPartly(done.presentGaps.join(', '))}</li>
          {done.changedSince.length > 0 && <li>{counted(done.changedSince.length, words.changedSince)}</li>}
          {done.notMade.length > 0 && <li>{words.notMade(done.notMade.join(', '))}</li>}
          {restore.smallJob && <li className={styles.soft}>{words.smallJob}</li>}
        </ul>
      )}
      <div className={styles.actions}>
        <ButtonAnchor href={site.url} target="_blank" rel="noreferrer">
          {words.visit}
        </ButtonAnchor>
        <ButtonLink to="/sites/$site" params={{ site: site.id }}>
          {words.toSite}
        </ButtonLink>
        {restore.state === 'done' && restore.undo.possible ? (
          <UndoRestore site={site.id} restore={restore} />
        ) : (
          <ButtonLink
            to="/sites/$site/restore"
            params={{ site: site.id }}
            search={{ snapshot: restore.snapshot.slice(0, 16) }}
          >
            {words.again}
          </ButtonLink>
        )}
      </div>
    </Panel>
  );
}
