import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { overviewWords, waitingInWords } from '../../../src/overview/words.ts';
import type { Today, Waiting } from '../../../src/overview/contract.ts';
import { api } from '../../api.ts';
import { errorInWords } from '../../errors.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import lineStyles from '../../ui/line.module.css';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useTellBackups } from './tell-backups.ts';
import { markOf, nameOf } from './site-facts.ts';
import styles from './WaitingList.module.css';
import { todayWords } from './words.ts';

const shownAtFirst = 4;
const rememberedAs = 'nachtwacht.waiting';

/** What waits for the operator: what, why, and the one thing to do. */
export function WaitingList({ today }: { today: Today }) {
  const words = useWords(todayWords);
  const [isWhole, setWhole] = useState(false);
  const { waiting, waits } = today;
  useEffect(() => localStorage.setItem(rememberedAs, String(Math.min(waiting.length, shownAtFirst))), [waiting.length]);
  if (waiting.length === 0) return null;
  const shown = isWhole ? waiting : waiting.slice(0, shownAtFirst);
  const left = waits - shown.length;
  return (
    <section aria-label={words.waiting} className={styles.section}>
      <ol className={styles.list}>
        {shown.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </ol>
      {left > 0 &&
        (isWhole ? (
          <p className={styles.more}>{words.more(left)}</p>
        ) : (
          <Button look="quiet" size="small" onClick={() => setWhole(true)}>
            {words.showMore(left)}
          </Button>
        ))}
    </section>
  );
}

function Line({ line }: { line: Waiting }) {
  const language = useLanguage();
  const { mark, sentence, why } = waitingInWords(line, language, () => '\u0000');
  const { error, since } = line.reason;
  const told = error && errorInWords({ ...error, status: 500, nextStep: '', retryable: false, details: {} }, language);
  return (
    <li className={classNames(lineStyles.line, line.reason.code === 'keys-not-exported' && lineStyles.urgent)}>
      <StateMark state={markOf(line.state, line.reason.code)} className={lineStyles.mark ?? ''}>
        {mark}
      </StateMark>
      <div className={lineStyles.text}>
        <Names line={line} /> {sentence}
        <div className={lineStyles.why}>
          <WithMoment text={why} at={since} /> {told?.sentence}
          {line.count > 1 && line.sites.length > 0 && ` ${line.sites.map((site) => nameOf(site.url)).join(', ')}, …`}
        </div>
      </div>
      <Action line={line} />
    </li>
  );
}

function Names({ line }: { line: Waiting }) {
  const language = useLanguage();
  const [site] = line.sites;
  if (line.count === 1 && site) {
    return (
      <>
        {line.customer && `${line.customer.name}, `}
        <Link to="/sites/$site" params={{ site: site.id }} className={lineStyles.name}>
          {nameOf(site.url)}
        </Link>
      </>
    );
  }
  return <b>{overviewWords(language).sites(line.count, numberInWords(line.count, language))}</b>;
}

/** A sentence with a moment in it, which shows its exact time. */
function WithMoment({ text, at }: { text: string; at: string | undefined }) {
  const [before = '', after] = text.split('\u0000');
  if (after === undefined || at === undefined) return before;
  return (
    <>
      {before}
      <Moment at={at} how="short" quiet />
      {after}
    </>
  );
}

function Action({ line }: { line: Waiting }) {
  const words = overviewWords(useLanguage()).actions;
  const tell = useTellBackups();
  const backUp = useMutation(api.overview.backUp.mutationOptions(tell));
  const [site] = line.sites;
  const text = words[line.action];
  if (line.action === 'export-keys') {
    return (
      <ButtonLink to="/settings" hash="keys" look="primary">
        {text}
      </ButtonLink>
    );
  }
  if (line.action === 'see-list') {
    const { code } = line.reason;
    const isOfSites = code !== 'keys-not-exported' && code !== 'request';
    return (
      <ButtonLink to="/" search={isOfSites ? { reason: code } : {}} hash="sites">
        {text}
      </ButtonLink>
    );
  }
  if (line.action === 'pair' && site) {
    return (
      <ButtonLink to="/sites/new" search={{ site: site.id }}>
        {text}
      </ButtonLink>
    );
  }
  if (line.action === 'see-request') return <ButtonLink to="/customers">{text}</ButtonLink>;
  if (!site) return null;
  if (line.action === 'back-up') {
    return (
      <Button working={backUp.isPending} onClick={() => backUp.mutate({ sites: [site.id] })}>
        {text}
      </Button>
    );
  }
  return (
    <ButtonLink to="/sites/$site" params={{ site: site.id }}>
      {text}
    </ButtonLink>
  );
}

/** As many lines as the last time, so that nothing jumps when they come. */
export function WaitingSkeleton() {
  const lines = Math.min(shownAtFirst, Math.max(0, Number(localStorage.getItem(rememberedAs)) || 0));
  if (lines === 0) return null;
  return (
    <div className={classNames(styles.section, styles.list)} aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classNames(lineStyles.line, styles.loading)} />
      ))}
    </div>
  );
}
