import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { MomentView } from '../../src/backups/moments/contract.ts';
import { backupWords } from '../../src/backups/words.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api, apiErrorOf } from '../api.ts';
import { useTitle } from '../shell/title.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { RadioGroup } from '../ui/Choices.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Steps, type Step } from '../ui/Steps.tsx';
import { ChoosePart } from './ChoosePart.tsx';
import { RestoreConfirm } from './RestoreConfirm.tsx';
import { RestorePreview } from './RestorePreview.tsx';
import { RestoreRun } from './RestoreRun.tsx';
import { restoreScreenWords } from './restore-words.ts';
import styles from './Restore.module.css';
import { isEmptyChoice, type Choice } from './scope.ts';
import { nameOf, UnknownSite } from './SitePage.tsx';
import { siteWords } from './words.ts';

const route = getRouteApi('/console/sites/$site/restore');

/** Puts a site back in three steps: what and to when, what will change, confirm; then the work itself. */
export function Restore() {
  const { site } = route.useParams();
  const { run } = route.useSearch();
  const words = useWords(restoreScreenWords);
  const found = useQuery(api.sites.show.queryOptions({ input: { site } }));
  useTitle(found.data === undefined ? undefined : words.title(nameOf(found.data.url)));
  if (found.isError && found.data === undefined) {
    if (apiErrorOf(found.error).status === 404) return <UnknownSite />;
    return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.data === undefined) return <Skeleton block lines={2} />;
  if (run !== undefined) return <RestoreRun key={run} site={found.data} run={run} />;
  return <ThreeSteps site={found.data} />;
}

const order = ['what', 'look', 'confirm'] as const;

function ThreeSteps({ site }: { site: Site }) {
  const { snapshot, part } = route.useSearch();
  const words = useWords(restoreScreenWords);
  const pageWords = useWords(siteWords);
  const [step, setStep] = useState<(typeof order)[number]>('what');
  const [choice, setChoice] = useState<Choice>({ what: part === true ? 'part' : 'all', files: [], tables: [] });
  const [present, setPresent] = useState('latest');
  const name = nameOf(site.url);
  const moment = useQuery(
    api.moments.show.queryOptions({ input: { site: site.id, ...(snapshot === undefined ? {} : { snapshot }) } }),
  );
  const at = order.indexOf(step);
  const steps = order.map((key, nth): Step => ({
    key,
    name: words.steps[key],
    state: nth < at ? 'done' : nth === at ? 'now' : 'later',
  }));
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
      >
        {words.title(name)}
      </Sentence>
      {moment.isError && <ErrorNote error={moment.error} onRetry={() => void moment.refetch()} />}
      {moment.isPending && <Skeleton block lines={2} />}
      {moment.data === null && (
        <EmptyState
          heading={words.moment.none}
          action={
            <ButtonLink to="/sites/$site" params={{ site: site.id }} look="primary">
              {words.run.toSite}
            </ButtonLink>
          }
        />
      )}
      {moment.data && (
        <>
          <div className={styles.steps}>
            <Steps label={words.steps.label} steps={steps} />
          </div>
          {step === 'what' && (
            <WhatAndWhen
              site={site}
              moment={moment.data}
              choice={choice}
              onChoice={setChoice}
              onNext={() => setStep('look')}
            />
          )}
          {step === 'look' && (
            <RestorePreview
              site={site}
              snapshot={moment.data.id}
              choice={choice}
              present={present}
              onPresent={setPresent}
              onBack={() => setStep('what')}
              onNext={() => setStep('confirm')}
            />
          )}
          {step === 'confirm' && (
            <RestoreConfirm site={site} moment={moment.data} choice={choice} onBack={() => setStep('look')} />
          )}
        </>
      )}
    </>
  );
}

interface WhatProps {
  site: Site;
  moment: MomentView;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  onNext: () => void;
}

function WhatAndWhen({ site, moment, choice, onChoice, onNext }: WhatProps) {
  const words = useWords(restoreScreenWords);
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const isEmpty = isEmptyChoice(choice);
  const options = (['all', 'files', 'tables', 'part'] as const).map((value) => ({
    value,
    label: words.scope[value],
    hint: words.scope[`${value}Hint`],
  }));
  return (
    <Panel title={words.steps.what}>
      <p className={styles.moment}>
        <b>
          {words.moment.to(
            dateAndTime(new Date(moment.takenAt), { language }),
            backupWords(language).reason[moment.reason],
          )}
        </b>{' '}
        <Link to="/sites/$site" params={{ site: site.id }} search={{ snapshot: moment.id.slice(0, 16) }}>
          {words.moment.other}
        </Link>
      </p>
      <RadioGroup
        label={words.scope.label}
        name="what"
        options={options}
        value={choice.what}
        onChange={(what) => {
          const found = options.find((option) => option.value === what);
          if (found) onChoice({ ...choice, what: found.value });
        }}
      />
      {choice.what === 'part' && <ChoosePart site={site.id} snapshot={moment.id} choice={choice} onChoice={onChoice} />}
      {asked && isEmpty && (
        <p role="alert" className={styles.alert}>
          {words.scope.nothingChosen}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          look="primary"
          onClick={() => {
            setAsked(true);
            if (!isEmpty) onNext();
          }}
        >
          {words.next}
        </Button>
      </div>
    </Panel>
  );
}
