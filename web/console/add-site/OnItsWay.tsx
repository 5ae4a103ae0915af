import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import type { IntakeView } from '../../../src/intake/contract.ts';
import { api } from '../../api.ts';
import { useLive } from '../../live.ts';
import { useTitle } from '../../shell/title.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Steps, type Step } from '../../ui/Steps.tsx';
import styles from './AddSite.module.css';
import { FirstWork } from './FirstWork.tsx';
import { nameOf } from './name-of.ts';
import { PutPlugin } from './PutPlugin.tsx';
import { SafeNow } from './SafeNow.tsx';
import { addSiteWords } from './words.ts';

const stateOf = { done: 'done', working: 'now', now: 'now', failed: 'failed', waiting: 'later' } as const;

/** A site on its way into care, live; where it is follows from the site alone, so anybody can go on with it. */
export function OnItsWay({ site }: { site: string }) {
  const words = useWords(addSiteWords);
  const live = useLive(api.intake.watch.experimental_liveOptions({ input: { site } }), (view) => view.step === 'safe');
  const begin = useMutation(api.intake.begin.mutationOptions());
  const view = live.data;
  useTitle(view && nameOf(view.site.url));
  // Left between pairing and the first work: it is begun once, without asking.
  const hasBegun = useRef(false);
  const needsBegin = view?.reason === 'to-be-started';
  const { mutate } = begin;
  useEffect(() => {
    if (!needsBegin || hasBegun.current) return;
    hasBegun.current = true;
    mutate({ site });
  }, [needsBegin, mutate, site]);

  if (view === undefined) {
    return live.isError ? <ErrorNote error={live.error} onRetry={() => void live.refetch()} /> : <Skeleton lines={4} />;
  }
  const shown: Step[] = [
    { key: 'address', name: words.steps.address, state: 'done' },
    ...view.steps.map(({ name, state }) => ({ key: name, name: words.steps[name], state: stateOf[state] })),
  ];
  return (
    <>
      <Head view={view} />
      <div className={styles.steps}>
        <Steps label={words.progressLabel} steps={shown} />
      </div>
      <PartFor view={view} retry={() => mutate({ site })} retrying={begin.isPending} />
      {begin.isError && <ErrorNote error={begin.error} onRetry={() => mutate({ site })} />}
    </>
  );
}

function Head({ view }: { view: IntakeView }) {
  const words = useWords(addSiteWords);
  const name = nameOf(view.site.url);
  const { step, reason } = view;
  if (step === 'safe') {
    return (
      <Sentence
        above={view.site.customer.name}
        below={
          <>
            {words.safeSince} <Moment at={view.safeSince} how="full" />
          </>
        }
      >
        {words.sentence.safe(name)}
      </Sentence>
    );
  }
  const isFailed = reason.endsWith('-failed') || reason === 'backup-incomplete';
  const kind = view.site.pairedAt === null ? (step === 'pair' ? 'pair' : 'plugin') : isFailed ? 'failed' : 'working';
  return (
    <Sentence above={view.site.customer.name} below={words.below[kind]}>
      {words.sentence[kind](name)}
    </Sentence>
  );
}

function PartFor({ view, retry, retrying }: { view: IntakeView; retry: () => void; retrying: boolean }): ReactNode {
  if (view.site.pairedAt === null) return <PutPlugin view={view} />;
  return view.step === 'safe' ? <SafeNow view={view} /> : <FirstWork view={view} retry={retry} retrying={retrying} />;
}
