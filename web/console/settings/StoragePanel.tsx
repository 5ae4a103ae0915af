import { useState } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Fixed } from './Fixed.tsx';
import type { PartProps, SettingsView } from './part.ts';
import styles from './Settings.module.css';
import { StorageForm } from './StorageForm.tsx';
import { StoreKeys } from './StoreKeys.tsx';
import { settingsScreenWords } from './words.ts';

type Store = SettingsView['storage']['elsewhere'][number];

export function storeName({ endpoint, bucket, prefix }: Pick<Store, 'endpoint' | 'bucket' | 'prefix'>): string {
  return [endpoint.replace(/^https:\/\//, ''), bucket, prefix].filter((part) => part !== '').join('/');
}

/** Where new backups go, what happens to those that are there, and the other places that hold some. */
export function StoragePanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { now, elsewhere, folders } = settings.storage;
  const isFixed = settings.fixed.storage !== undefined;
  const isHere = (folder: string): boolean => now.kind === 'folder' && now.folder === folder;
  const count =
    now.kind === 'folder' ? (folders.find((one) => isHere(one.folder))?.repositories ?? 0) : now.repositories;
  const others = folders.filter((one) => !isHere(one.folder));
  return (
    <Panel title={words.storage.title}>
      <div className={styles.prose}>
        <p>
          {now.kind === 'folder' ? words.storage.now.folder(now.folder) : words.storage.now.s3(storeName(now))}{' '}
          <span className={styles.soft}>{words.storage.counted(count, numberInWords(count, language))}</span>
        </p>
        {now.kind === 's3' && now.keys === null && <StateMark state="broken">{words.storage.noKeys}</StateMark>}
        <p className={styles.soft}>{words.storage.stays}</p>
      </div>
      <Fixed by={settings.fixed.storage} />
      {canChange && !isFixed && !isOpen && (
        <div className={styles.row}>
          <Button onClick={() => setOpen(true)}>{words.storage.change}</Button>
        </div>
      )}
      {isOpen && <StorageForm now={now} onDone={() => setOpen(false)} />}
      {elsewhere.length + others.length > 0 && (
        <>
          <h3 className={styles.part}>{words.storage.elsewhere}</h3>
          <ul className={styles.list}>
            {others.map(({ folder, repositories }) => (
              <li key={folder}>
                <strong>{folder}</strong>{' '}
                <span className={styles.soft}>
                  {words.storage.counted(repositories, numberInWords(repositories, language))}
                </span>
              </li>
            ))}
            {elsewhere.map((store) => (
              <li key={storeName(store)} className={styles.line}>
                <span>
                  <strong>{storeName(store)}</strong>{' '}
                  <span className={styles.soft}>
                    {words.storage.counted(store.repositories, numberInWords(store.repositories, language))}
                  </span>
                  {store.keys === null && (
                    <p>
                      <StateMark state="broken">{words.storage.noKeys}</StateMark>
                    </p>
                  )}
                </span>
                {canChange && store.keys !== 'environment' && <StoreKeys store={store} name={storeName(store)} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
