import type { WatchedSite } from '../../../src/monitoring/contract.ts';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { dateOnly } from '../../ui/moment-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

/** Until when the certificate holds, from whom it is, and where the site lives. */
export function Certificate({ seen }: { seen: WatchedSite }) {
  const words = useWords(availabilityWords).certificate;
  const language = useLanguage();
  const { certificate, certificateDays: days, address } = seen;
  const until = certificate && dateOnly(new Date(certificate.expiresAt), { language });
  return (
    <Panel title={words.title}>
      <div className={styles.gaps}>
        {until === null || days === null ? (
          <p className={styles.soft}>{words.none}</p>
        ) : (
          <p>
            <StateMark state={days < 3 ? 'broken' : days < 14 ? 'work' : 'well'}>
              {days < 0 ? words.expired(until) : words.days(days, until)}
            </StateMark>
          </p>
        )}
        <DefinitionList
          items={[
            ...(certificate ? [{ key: 'issuer', term: words.issuer, value: certificate.issuer }] : []),
            ...(address === null ? [] : [{ key: 'address', term: words.address, value: address }]),
          ]}
        />
      </div>
    </Panel>
  );
}
