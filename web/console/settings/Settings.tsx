import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AgencyPanel } from './AgencyPanel.tsx';
import { alarmWords } from './alarm-words.ts';
import { BrandPanel } from './BrandPanel.tsx';
import { ChannelsPanel } from './ChannelsPanel.tsx';
import { DrillsPanel } from './DrillsPanel.tsx';
import { ExcludesPanel } from './ExcludesPanel.tsx';
import { KeepingPanel } from './KeepingPanel.tsx';
import { KeysPanel } from './KeysPanel.tsx';
import { MailPanel } from './MailPanel.tsx';
import { PacePanel } from './PacePanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import styles from './Settings.module.css';
import { StatusPanel } from './StatusPanel.tsx';
import { StoragePanel } from './StoragePanel.tsx';
import { settingsScreenWords } from './words.ts';

const parts = {
  agency: AgencyPanel,
  brand: BrandPanel,
  storage: StoragePanel,
  keys: KeysPanel,
  mail: MailPanel,
  channels: ChannelsPanel,
  places: PlacesPanel,
  drills: DrillsPanel,
  status: StatusPanel,
  keeping: KeepingPanel,
  excludes: ExcludesPanel,
  pace: PacePanel,
};
type Part = keyof typeof parts;

/** Everything the agency sets itself, on one page with a list of its parts; `#keys` leads straight to a part. */
export function Settings() {
  const words = useWords(settingsScreenWords);
  const alarms = useWords(alarmWords);
  const language = useLanguage();
  const { data, error, refetch } = useQuery(api.settings.show.queryOptions({ input: {} }));
  const isOperator = useAccount()?.role === 'operator';
  const isThere = data !== undefined;
  // The part that the address names is drawn only now.
  useEffect(() => {
    if (isThere) document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <>
        <Sentence>{words.sentence.loading}</Sentence>
        <Skeleton lines={4} block />
      </>
    );
  }
  const titles: Record<Part, string> = {
    agency: words.house.title,
    brand: words.brand.title,
    storage: words.storage.title,
    keys: words.keys.title,
    mail: words.mail.title,
    channels: alarms.channels.title,
    places: alarms.places.title,
    drills: alarms.drills.title,
    status: alarms.status.title,
    keeping: words.keeping.title,
    excludes: words.excludes.title,
    pace: words.pace.title,
  };
  const due = data.keysToExport;
  const order: Part[] = [
    'agency',
    'brand',
    'storage',
    'keys',
    'mail',
    'channels',
    'places',
    'drills',
    'status',
    'keeping',
    'excludes',
    'pace',
  ];
  // What is urgent comes first.
  const sorted = due > 0 ? order.toSorted((a, b) => Number(b === 'keys') - Number(a === 'keys')) : order;
  return (
    <>
      <Sentence
        ask={due > 0 ? words.sentence.keys(due, numberInWords(due, language)) : undefined}
        below={isOperator ? words.below : words.readOnly}
      >
        {words.sentence.well}
      </Sentence>
      <div className={styles.page}>
        <nav className={styles.contents} aria-label={words.contents}>
          <ul>
            {sorted.map((part) => (
              <li key={part}>
                <a href={`#${part}`}>{titles[part]}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.parts}>
          {sorted.map((part) => {
            const Panel = parts[part];
            return (
              <div key={part} id={part} className={styles.part}>
                <Panel settings={data} canChange={isOperator} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
