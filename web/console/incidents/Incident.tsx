import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { IncidentView } from '../../../src/incidents/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api, apiErrorOf } from '../../api.ts';
import { useTitle } from '../../shell/title.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { durationInWords } from '../../ui/duration-words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { dateAndTime, secondsOnly, timeOnly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Steps, type Step } from '../../ui/Steps.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { Why } from '../../ui/Why.tsx';
import { uiWords } from '../../ui/words.ts';
import { useLiveIncidents } from './follow-incidents.ts';
import { causeOf, incidentMark, kindOf, lineOf, nameOf, reasonOf, titleOf, whoInWords } from './incident-facts.ts';
import { CauseNote, Done, Note, Reopen } from './IncidentDeeds.tsx';
import { Known, RecentChanges } from './IncidentKnown.tsx';
import styles from './Incident.module.css';
import { proofOf } from './proof.ts';
import { TakeIt } from './TakeIt.tsx';
import { incidentScreenWords } from './words.ts';

const route = getRouteApi('/console/incidents/$id');

/** One incident: how it is, the proof, minute by minute what happened, and what is known beside it. */
export function Incident() {
  const { id } = route.useParams();
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  const found = useQuery(api.incidents.show.queryOptions({ input: { incident: id } }));
  useTitle(found.data && words.number(numberInWords(found.data.number, language)));
  useLiveIncidents();
  if (found.error && !found.data) {
    if (apiErrorOf(found.error).status !== 404)
      return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
    return (
      <>
        <Sentence>{words.notFound}</Sentence>
        <EmptyState heading={words.notFoundText} action={<ButtonLink to="/incidents">{words.back}</ButtonLink>} />
      </>
    );
  }
  if (!found.data) {
    return (
      <>
        <Sentence>{words.back}</Sentence>
        <Skeleton block lines={3} />
      </>
    );
  }
  return <Shown incident={found.data} />;
}

function Shown({ incident }: { incident: IncidentView }) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  const [isNoting, setNoting] = useState(false);
  const isOpen = incident.resolvedAt === null;
  const isMerged = incident.mergedInto !== null;
  return (
    <>
      <Sentence
        above={
          <>
            <Link to="/incidents">{words.back}</Link> / {words.number(numberInWords(incident.number, language))}
          </>
        }
        below={<Facts incident={incident} />}
        actions={
          !isMerged && (
            <>
              {isOpen && incident.acknowledged === null && <TakeIt incident={incident.id} look="primary" />}
              {isOpen && <Done incident={incident.id} />}
              {!isOpen && <Reopen incident={incident.id} />}
              <Button look="quiet" onClick={() => setNoting(true)}>
                {words.note}
              </Button>
            </>
          )
        }
      >
        {titleOf(incident, language)}
      </Sentence>
      {isMerged && incident.mergedInto !== null && (
        <Panel tone="work">
          <p>
            {words.merged}{' '}
            <Link to="/incidents/$id" params={{ id: incident.mergedInto }}>
              {words.toGroup}
            </Link>
          </p>
        </Panel>
      )}
      <Proof incident={incident} />
      <div className={styles.columns}>
        <Panel title={words.timeline} note={words.timelineNote}>
          {isNoting && <Note incident={incident.id} onDone={() => setNoting(false)} />}
          <Lines incident={incident} />
        </Panel>
        <div className={styles.side}>
          {incident.known && <Known known={incident.known} />}
          <CauseNote incident={incident} />
          {incident.sites.length > 0 && <RecentChanges changes={incident.recentChanges} />}
        </div>
      </div>
      {incident.siteCount > 1 && <Sites incident={incident} />}
    </>
  );
}

/** `▲ Storing · sinds 03:10 · duurt nu 12 min · Noor heeft het om 03:12 opgepakt`. */
function Facts({ incident }: { incident: IncidentView }) {
  const screen = useWords(incidentScreenWords);
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const now = useNow();
  const { acknowledged, fixedAt, firstFailureAt, givenUpAt, resolvedAt } = incident;
  const end = fixedAt ?? resolvedAt;
  const length = durationInWords(
    (end === null ? Math.max(now, Date.parse(incident.at)) : Date.parse(end)) - Date.parse(firstFailureAt),
    language,
    unit,
  );
  const taken = acknowledged
    ? screen.line.takenBy(whoInWords(acknowledged.by, language), timeOnly(new Date(acknowledged.at), { language }))
    : resolvedAt !== null
      ? undefined
      : givenUpAt === null
        ? screen.line.untaken
        : screen.line.givenUp;
  const reason = reasonOf({ ...incident.reason, detail: incident.detail ?? '' }, language);
  return (
    <span className={styles.facts}>
      <StateMark state={incidentMark(incident)}>{kindOf(incident, language)}</StateMark>
      <span>
        {screen.line.since} <Moment at={firstFailureAt} how="short" /> ·{' '}
        {end === null ? screen.one.lasts(length) : screen.one.lasted(length)}
        {taken !== undefined && ` · ${taken}`}
      </span>
      {reason !== undefined && <Why label={screen.one.why}>{reason}</Why>}
    </span>
  );
}

/** First failure to fixed: each with its second and how long after the first. */
function Proof({ incident }: { incident: IncidentView }) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  const steps = proofOf(incident).map(({ key, at, after, state }): Step => ({
    key,
    name: words.proofSteps[key],
    state,
    ...(at !== null && {
      detail: (
        <time dateTime={at} title={dateAndTime(new Date(at), { language })}>
          {secondsOnly(new Date(at), { language })}
          {after > 0 && ` · ${words.after(numberInWords(after, language))}`}
        </time>
      ),
    }),
  }));
  return (
    <Panel title={words.proof} className={styles.proof ?? ''}>
      <Steps label={words.proof} steps={steps} />
    </Panel>
  );
}

function Lines({ incident }: { incident: IncidentView }) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  return (
    <Timeline
      label={words.timeline}
      entries={incident.timeline.map((entry, at) => ({
        key: `${at} ${entry.kind}`,
        at: entry.at,
        ...lineOf(entry, language),
      }))}
    />
  );
}

type Stretch = IncidentView['stretches'][number];

function Sites({ incident }: { incident: IncidentView }) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  const columns: Column<Stretch>[] = [
    {
      key: 'site',
      title: words.siteColumns.site,
      cell: ({ site }) =>
        site && (
          <Link to="/sites/$site/watch" params={{ site: site.id }}>
            {nameOf(site.url)}
          </Link>
        ),
    },
    {
      key: 'cause',
      title: words.siteColumns.cause,
      cell: ({ cause, detail, inMaintenance }) => (
        <>
          {causeOf(cause, detail, language)}
          {inMaintenance && ` (${words.maintenance})`}
        </>
      ),
    },
    { key: 'from', title: words.siteColumns.from, cell: ({ from }) => secondsOnly(new Date(from), { language }) },
    {
      key: 'to',
      title: words.siteColumns.to,
      cell: ({ to }) =>
        to === null ? (
          <StateMark state="broken">{words.lastsStill}</StateMark>
        ) : (
          <StateMark state="well">{secondsOnly(new Date(to), { language })}</StateMark>
        ),
    },
  ];
  return (
    <Panel title={words.sites}>
      <Table
        caption={words.sitesTable}
        columns={columns}
        rows={incident.stretches}
        keyOf={({ site, from }) => `${site?.id} ${from}`}
        stacks
      />
    </Panel>
  );
}
