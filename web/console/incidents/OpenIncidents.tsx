import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../src/incidents/contract.ts';
import { useWords } from '../../ui/language.tsx';
import { IncidentLine } from './IncidentLine.tsx';
import styles from './Incidents.module.css';
import { incidentScreenWords } from './words.ts';

const shown = 5;

/** What is the matter now, at the top of Today. */
export function OpenIncidents({ incidents }: { incidents: readonly Incident[] }) {
  const words = useWords(incidentScreenWords).list;
  return (
    <section aria-label={words.openTitle} className={styles.today}>
      <ol className={styles.list}>
        {incidents.slice(0, shown).map((incident) => (
          <IncidentLine key={incident.id} incident={incident} />
        ))}
      </ol>
      {incidents.length > shown && (
        <p className={styles.more}>
          <Link to="/incidents">{words.more(incidents.length - shown)}</Link>
        </p>
      )}
    </section>
  );
}
