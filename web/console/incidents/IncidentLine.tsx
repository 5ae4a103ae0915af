import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../src/incidents/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { shortly, timeOnly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { incidentMark, kindOf, titleOf, whoInWords } from './incident-facts.ts';
import styles from '../../ui/line.module.css';
import { TakeIt } from './TakeIt.tsx';
import { incidentScreenWords } from './words.ts';

/** An open incident as a line: what, since when, who has it, whether an SMS went; and the one thing to do. */
export function IncidentLine({ incident }: { incident: Incident }) {
  const words = useWords(incidentScreenWords);
  const language = useLanguage();
  const { id, kind, urgency, acknowledged, firstFailureAt } = incident;
  const isUrgent = urgency === 'high' && kind !== 'drill';
  return (
    <li className={classNames(styles.line, isUrgent && styles.urgent)}>
      <StateMark state={incidentMark(incident)} className={styles.mark ?? ''}>
        {kindOf(incident, language)}
      </StateMark>
      <div className={styles.text}>
        <Link to="/incidents/$id" params={{ id }} className={styles.name}>
          {titleOf(incident, language)}
        </Link>
        <div className={styles.why}>
          {words.line.since} <Moment at={firstFailureAt} how="short" quiet /> · <WhoHasIt incident={incident} />
        </div>
      </div>
      {acknowledged === null ? (
        <TakeIt incident={id} look="primary" />
      ) : (
        <ButtonLink to="/incidents/$id" params={{ id }}>
          {words.line.see}
        </ButtonLink>
      )}
    </li>
  );
}

/** `Noor heeft het om 10:26 opgepakt · SMS na 71 seconden · 3 sites`. */
function WhoHasIt({ incident }: { incident: Incident }) {
  const words = useWords(incidentScreenWords).line;
  const language = useLanguage();
  const now = useNow();
  const { acknowledged, givenUpAt, smsAfterSeconds, quietUntil, siteCount, urgency } = incident;
  const isQuiet = quietUntil !== null && Date.parse(quietUntil) > now;
  const parts = [
    acknowledged
      ? words.takenBy(whoInWords(acknowledged.by, language), timeOnly(new Date(acknowledged.at), { language }))
      : givenUpAt === null
        ? words.untaken
        : words.givenUp,
    smsAfterSeconds !== null
      ? words.sms(numberInWords(smsAfterSeconds, language))
      : urgency === 'high' && !isQuiet
        ? words.noSms
        : undefined,
    isQuiet && acknowledged === null ? words.quiet(shortly(new Date(quietUntil), now, { language })) : undefined,
    siteCount > 1 ? words.sites(siteCount, numberInWords(siteCount, language)) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
