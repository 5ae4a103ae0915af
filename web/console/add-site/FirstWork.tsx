import type { ReactNode } from 'react';
import type { IntakeView } from '../../../src/intake/contract.ts';
import { stepInWords } from '../../../src/cli/step-words.ts';
import { bytesInWords, numberInWords } from '../../../src/platform/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StateMark, type State } from '../../ui/StateMark.tsx';
import styles from './AddSite.module.css';
import { StepError } from './StepError.tsx';
import { addSiteWords } from './words.ts';

type StepView = IntakeView['steps'][number];

const marks: Record<StepView['state'], State> = {
  done: 'well',
  working: 'work',
  now: 'work',
  failed: 'broken',
  waiting: 'off',
};

/** Inventory, measurement and first backup as they go; what failed says why and can be tried again. */
export function FirstWork({ view, retry, retrying }: { view: IntakeView; retry: () => void; retrying: boolean }) {
  const words = useWords(addSiteWords);
  const steps = view.steps.filter(({ name }) => name !== 'plugin' && name !== 'pair');
  return (
    <Panel title={words.work.title} note={words.work.leave}>
      <ul className={styles.works}>
        {steps.map((step) => (
          <li key={step.name}>
            <h3 className={styles.workName}>
              <StateMark state={marks[step.state]}>{words.steps[step.name]}</StateMark>
            </h3>
            <div className={styles.workBody}>
              <Detail step={step} view={view} />
              {step.state === 'failed' && (
                <Button size="small" look="primary" working={retrying} onClick={retry}>
                  {words.work.retry}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Detail({ step, view }: { step: StepView; view: IntakeView }): ReactNode {
  const words = useWords(addSiteWords);
  const language = useLanguage();
  const number = (value: number): string => numberInWords(value, language);
  if (step.state === 'failed') {
    return step.error === null ? (
      <p>{step.name === 'backup' ? words.work.incomplete : null}</p>
    ) : (
      <StepError error={step.error} />
    );
  }
  if (step.state === 'waiting') return <p className={styles.soft}>{words.work.waiting}</p>;
  if (step.name === 'inventory' && view.inventory !== null) {
    const { plugins, themes } = view.inventory;
    return <p>{words.work.inventory(number(plugins), number(themes), view.site.wordpressVersion ?? '?')}</p>;
  }
  if (step.name === 'measure' && step.state === 'done') return <Size view={view} />;
  if (step.state === 'done') return null;
  const { progress } = step;
  if (progress === null) return <p className={styles.soft}>{words.work.waiting}</p>;
  const { filesDone, filesTotal, bytesDone, bytesTotal } = progress;
  const share =
    bytesDone !== undefined && bytesTotal
      ? bytesDone / bytesTotal
      : filesDone !== undefined && filesTotal
        ? filesDone / filesTotal
        : null;
  const bytes = bytesDone === undefined ? undefined : bytesInWords(bytesDone, language);
  const total = filesTotal === undefined ? undefined : number(filesTotal);
  const value = filesDone ? words.work.files(number(filesDone), total, bytes) : bytes;
  const label = capital(stepInWords(progress.step, language));
  return (
    <div className={styles.progress}>
      <Progress label={label} share={share} {...(value === undefined ? {} : { value })} />
    </div>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Against what the contract allows (P14). */
function Size({ view }: { view: IntakeView }): ReactNode {
  const words = useWords(addSiteWords);
  const language = useLanguage();
  const { size } = view.site;
  if (size === null) return null;
  const remark = { ok: '', near: words.work.near, 'quote-needed': words.work.tooLarge }[size.state];
  return (
    <p>
      {words.work.size(bytesInWords(size.totalBytes, language), bytesInWords(size.limitBytes, language))} {remark}
    </p>
  );
}
