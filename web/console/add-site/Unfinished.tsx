import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './AddSite.module.css';
import { nameOf } from './name-of.ts';
import { addSiteWords } from './words.ts';

/** As many as fit without pushing the form away. */
const most = 5;

/** Sites whose way into care was left half-way. */
export function Unfinished() {
  const words = useWords(addSiteWords);
  const { data } = useQuery(api.intake.unfinished.queryOptions({ input: {} }));
  if (data === undefined || data.length === 0) return null;
  return (
    <div className={styles.unfinished}>
      <Panel title={words.unfinished.title} tone="work">
        <ul className={styles.list}>
          {data.slice(0, most).map(({ site, step }) => (
            <li key={site.id} className={styles.line}>
              <span>
                <strong>{nameOf(site.url)}</strong>
                <span className={styles.soft}>
                  {' '}
                  {site.customer.name}, {words.unfinished.at[step] ?? step}
                </span>
              </span>
              <ButtonLink size="small" to="/sites/new" search={{ site: site.id }}>
                {words.unfinished.goOn}
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
