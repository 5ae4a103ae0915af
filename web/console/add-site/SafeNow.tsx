import { useQuery } from '@tanstack/react-query';
import type { IntakeView } from '../../../src/intake/contract.ts';
import { bytesInWords, numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './AddSite.module.css';
import { nameOf } from './name-of.ts';
import { addSiteWords } from './words.ts';

/** The end of the path: what holds from now on, the one thing left, and where to go. */
export function SafeNow({ view }: { view: IntakeView }) {
  const words = useWords(addSiteWords);
  const language = useLanguage();
  const { data: keys } = useQuery(api.settings.keys.queryOptions({ input: {} }));
  const isKeyDue = keys?.some((one) => one.site.id === view.site.id && one.due) === true;
  const { backup, site } = view;
  const number = (value: number): string => numberInWords(value, language);
  return (
    <>
      <Panel title={words.done.title}>
        <div className={styles.prose}>
          {backup !== null && (
            <p>{words.done.made(number(backup.files), number(backup.rows), bytesInWords(backup.bytes, language))}</p>
          )}
          <p>{words.done.next}</p>
        </div>
        <div className={styles.row}>
          <ButtonLink to="/sites/new" search={{}} look={isKeyDue ? 'plain' : 'primary'}>
            {words.done.another}
          </ButtonLink>
          <ButtonLink to="/sites/$site" params={{ site: site.id }}>
            {words.done.toSite(nameOf(site.url))}
          </ButtonLink>
          <ButtonLink to="/">{words.done.today}</ButtonLink>
        </div>
      </Panel>
      {isKeyDue && (
        <Panel tone="work">
          <div className={styles.line}>
            <strong>{words.done.key}</strong>
            <ButtonLink to="/settings" hash="keys" look="primary">
              {words.done.keyLink}
            </ButtonLink>
          </div>
        </Panel>
      )}
    </>
  );
}
