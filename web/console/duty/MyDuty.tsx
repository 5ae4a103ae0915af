import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { IncidentView } from '../../../src/incidents/contract.ts';
import { api, type Client, queryClient } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { ButtonAnchor, ButtonLink } from '../../ui/Button.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { durationInWords } from '../../ui/duration-words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { secondsOnly, shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { uiWords } from '../../ui/words.ts';
import { useLiveIncidents } from '../incidents/follow-incidents.ts';
import { incidentMark, kindOf, reasonOf, titleOf, whoInWords } from '../incidents/incident-facts.ts';
import { useKnownFacts } from '../incidents/IncidentKnown.tsx';
import { TakeIt } from '../incidents/TakeIt.tsx';
import { MyNumber } from './MyNumber.tsx';
import styles from './MyDuty.module.css';
import { useSeconds } from './seconds.ts';
import { dutyWords } from './words.ts';

export type Mine = Awaited<ReturnType<Client['oncall']['mine']>>;

/** The guard's own page, for one thumb at three in the night: his incident, one large button, who is asked next. */
export function MyDuty() {
  const words = useWords(dutyWords).mine;
  const mine = useQuery({ ...api.oncall.mine.queryOptions(), refetchInterval: 15_000 });
  useLiveIncidents();
  const first = mine.data?.incidents[0];
  const incident = useQuery({
    ...api.incidents.show.queryOptions({ input: { incident: first?.id ?? '' } }),
    enabled: first !== undefined,
  });
  // An incident that changed may have come, gone, or found somebody.
  const changedAt = incident.dataUpdatedAt;
  useEffect(() => {
    if (changedAt > 0) void queryClient.invalidateQueries({ queryKey: api.oncall.mine.key() });
  }, [changedAt]);
  if (mine.error && !mine.data) return <ErrorNote error={mine.error} onRetry={() => void mine.refetch()} />;
  if (incident.error && !incident.data)
    return <ErrorNote error={incident.error} onRetry={() => void incident.refetch()} />;
  if (!mine.data || (first !== undefined && !incident.data)) {
    return (
      <>
        <Sentence>{words.plan}</Sentence>
        <Skeleton block lines={2} />
      </>
    );
  }
  if (first !== undefined && incident.data) return <Mine incident={incident.data} mine={mine.data} />;
  return <Quiet mine={mine.data} />;
}

function Mine({ incident, mine }: { incident: IncidentView; mine: Mine }) {
  const words = useWords(dutyWords).mine;
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const now = useSeconds();
  const account = useAccount();
  const { acknowledged, firstFailureAt, known } = incident;
  const length = durationInWords(Math.max(0, now - Date.parse(firstFailureAt)), language, unit);
  const phone = known?.customer.phone ?? null;
  const others = mine.incidents.length - 1;
  const isMine =
    mine.incidents[0]?.isMine === true || (acknowledged !== null && acknowledged.by.name === account?.name);
  const reason = reasonOf({ ...incident.reason, detail: incident.detail ?? '' }, language);
  return (
    <div className={styles.page}>
      <Sentence
        above={
          <StateMark state={incidentMark(incident)}>
            {kindOf(incident, language)} · {length}
          </StateMark>
        }
      >
        {titleOf(incident, language)}
      </Sentence>
      <div className={styles.proof}>
        {reason !== undefined && <p>{reason}</p>}
        <p className={styles.since}>
          {words.since} {secondsOnly(new Date(firstFailureAt), { language })}
        </p>
      </div>
      {known && <KnownList known={known} />}
      <div className={styles.thumb}>
        {acknowledged === null ? (
          <>
            <TakeIt incident={incident.id} look="primary" wide className={styles.take ?? ''} />
            <p className={styles.then}>
              <Then mine={mine} now={now} />
            </p>
          </>
        ) : (
          <p className={styles.taken}>
            <StateMark state="well">
              {isMine ? words.byYou : words.taken(whoInWords(acknowledged.by, language))}
            </StateMark>
          </p>
        )}
        <div className={styles.beside}>
          {phone !== null && (
            <ButtonAnchor href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{words.callCustomer}</ButtonAnchor>
          )}
          <ButtonLink to="/incidents/$id" params={{ id: incident.id }}>
            {words.open}
          </ButtonLink>
        </div>
        {others > 0 && (
          <p className={styles.then}>
            {words.others(others)}{' '}
            <ButtonLink to="/incidents" look="quiet" size="small">
              {words.all}
            </ButtonLink>
          </p>
        )}
      </div>
    </div>
  );
}

function KnownList({ known }: { known: NonNullable<IncidentView['known']> }) {
  return <DefinitionList items={useKnownFacts(known)} />;
}

/** 'Nobody in 1 min 20? Then Daan gets an SMS.' */
function Then({ mine, now }: { mine: Mine; now: number }) {
  const words = useWords(dutyWords).mine;
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  if (mine.nextAsked === null) return words.nobodyNext;
  const left = Date.parse(mine.nextAsked.at) - now;
  const { name } = mine.nextAsked.guard;
  // Whole seconds: a tenth that counts down is no help at night.
  return left <= 0 ? words.nextNow(name) : words.nextIn(name, durationInWords(Math.max(10_000, left), language, unit));
}

function Quiet({ mine }: { mine: Mine }) {
  const words = useWords(dutyWords).mine;
  const language = useLanguage();
  const now = useNow();
  const when = (at: string): string => shortly(new Date(at), now, { language });
  const { guard, next, onDuty, until } = mine;
  const duty = onDuty && until !== null ? words.yours(when(until)) : words.notYours;
  if (guard === null) {
    return (
      <>
        <Sentence>{words.notAGuard}</Sentence>
        <EmptyState heading={words.notAGuardBelow} action={<ButtonLink to="/duty">{words.plan}</ButtonLink>} />
      </>
    );
  }
  return (
    <div className={styles.page}>
      <Sentence below={words.nothingBelow(duty)}>{words.nothing}</Sentence>
      <section>
        <h2>{words.turns}</h2>
        {next.length === 0 ? (
          <p className={styles.since}>{words.noNext}</p>
        ) : (
          <ul className={styles.turns}>
            {next.map(({ rota, from, to }) => (
              <li key={`${rota.id} ${from}`}>
                {words.turn(when(from), when(to))} <span className={styles.since}>{rota.name}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <MyNumber guard={guard} />
      <div>
        <ButtonLink to="/duty">{words.plan}</ButtonLink>
      </div>
    </div>
  );
}
