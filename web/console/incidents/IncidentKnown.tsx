import { Link } from '@tanstack/react-router';
import type { IncidentView } from '../../../src/incidents/contract.ts';
import { incidentWords } from '../../../src/incidents/words.ts';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { nameOf } from './incident-facts.ts';
import styles from './Incident.module.css';
import { incidentScreenWords } from './words.ts';

type KnownFacts = NonNullable<IncidentView['known']>;

/** The facts beside an incident, as terms and values: the guard's page shows them too. */
export function useKnownFacts(known: KnownFacts) {
  const words = useWords(incidentScreenWords).one;
  const { customer, lastBackupAt, certificateExpiresAt, address } = known;
  return [
    { key: 'same', term: words.sameAddress, value: <SameAddress same={known.sameAddress} /> },
    {
      key: 'backup',
      term: words.backup,
      value: lastBackupAt === null ? words.noBackup : <Moment at={lastBackupAt} how="short" />,
    },
    ...(certificateExpiresAt === null
      ? []
      : [{ key: 'certificate', term: words.certificate, value: <Moment at={certificateExpiresAt} how="date" /> }]),
    ...(address === null ? [] : [{ key: 'address', term: words.address, value: address }]),
    {
      key: 'customer',
      term: words.customer,
      value: (
        <>
          {customer.name}
          {customer.contact !== null && `, ${customer.contact}`}
          {customer.phone !== null && (
            <div>
              <a href={`tel:${customer.phone.replace(/[^+\d]/g, '')}`}>{customer.phone}</a>
            </div>
          )}
          {customer.email !== null && (
            <div>
              <a href={`mailto:${customer.email}`}>{customer.email}</a>
            </div>
          )}
        </>
      ),
    },
  ];
}

function SameAddress({ same }: { same: KnownFacts['sameAddress'] }) {
  const words = useWords(incidentScreenWords).one;
  const { sites, failing } = same;
  if (sites === 0) return words.alone;
  if (failing.length === 0) return <StateMark state="well">{words.allWell(sites)}</StateMark>;
  return (
    <>
      <StateMark state="broken">{words.failing(failing.length, sites)}</StateMark>
      <div className={styles.soft}>{failing.map(({ url }) => nameOf(url)).join(', ')}</div>
    </>
  );
}

/** What else is known of the site (of a group: of its first). */
export function Known({ known }: { known: KnownFacts }) {
  const words = useWords(incidentScreenWords).one;
  const facts = useKnownFacts(known);
  return (
    <Panel
      title={words.known}
      note={
        <Link to="/sites/$site" params={{ site: known.site.id }}>
          {nameOf(known.site.url)}
        </Link>
      }
    >
      <DefinitionList items={facts} />
    </Panel>
  );
}

/** What was done to the site in the two weeks before: the first place to look for a cause. */
export function RecentChanges({ changes }: { changes: IncidentView['recentChanges'] }) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  return (
    <Panel title={words.changes}>
      {changes.length === 0 ? (
        <p className={styles.soft}>{words.noChanges}</p>
      ) : (
        <ul className={styles.changes}>
          {changes.slice(0, 12).map(({ at, site, what }) => (
            <li key={`${at} ${what}`}>
              <Moment at={at} how="short" />{' '}
              <StateMark state={what.endsWith('failed') ? 'broken' : 'work'}>
                {incidentWords(language).changes[what]}
              </StateMark>{' '}
              <span className={styles.soft}>{nameOf(site.url)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
