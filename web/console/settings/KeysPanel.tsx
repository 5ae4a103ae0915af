import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { api, apiErrorOf, client, queryClient } from '../../api.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { KeyStates } from './KeyStates.tsx';
import type { PartProps } from './part.ts';
import { saveFile } from './save-file.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

/** The ways to the backups without us: which were kept elsewhere, and the document with all of them. */
export function KeysPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const keys = useQuery(api.settings.keys.queryOptions({ input: {} }));
  const [choice, setChoice] = useState<string>();
  const due = settings.keysToExport;
  const which = choice ?? (due > 0 ? 'due' : 'all');
  const download = useMutation({
    // The answer holds every password: only the number of sites stays in the page.
    mutationFn: async (input: { customer?: string; dueOnly: boolean; language: 'nl' | 'en' }) => {
      const { fileName, text, sites } = await client.settings.exportKeys(input);
      saveFile(fileName, text);
      return sites;
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.settings.key() });
      await queryClient.invalidateQueries({ queryKey: api.overview.key() });
    },
  });
  const customers = new Map(keys.data?.map(({ customer }) => [customer.id, customer.name]));
  const count = (value: number): string => numberInWords(value, language);
  const isNotFresh = download.isError && apiErrorOf(download.error).code === 'sign-in-not-fresh';
  return (
    <Panel title={words.keys.title} tone={due > 0 ? 'work' : 'plain'}>
      <div className={styles.prose}>
        <p>{words.keys.why}</p>
        {keys.data?.length === 0 && <p className={styles.soft}>{words.keys.none}</p>}
        {due > 0 && <StateMark state="broken">{words.keys.due(due, count(due))}</StateMark>}
        {due === 0 && keys.data !== undefined && keys.data.length > 0 && (
          <StateMark state="well">{words.keys.allKept}</StateMark>
        )}
      </div>
      {keys.isError && <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <Skeleton lines={2} />}
      {canChange && keys.data !== undefined && keys.data.length > 0 && (
        <div className={styles.previewHead}>
          <Select
            label={words.keys.perCustomer}
            name="which"
            value={which}
            onChange={setChoice}
            options={[
              ...(due > 0 ? [{ value: 'due', label: words.keys.onlyDue }] : []),
              { value: 'all', label: words.keys.all },
              ...[...customers].map(([id, name]) => ({ value: id, label: `${words.keys.forCustomer}: ${name}` })),
            ]}
          />
          <Button
            look="primary"
            working={download.isPending}
            onClick={() =>
              download.mutate({
                language,
                dueOnly: which === 'due',
                ...(which === 'due' || which === 'all' ? {} : { customer: which }),
              })
            }
          >
            {words.keys.download}
          </Button>
        </div>
      )}
      <div aria-live="polite">
        {download.isSuccess && (
          <p className={styles.outcome}>
            <StateMark state="well">{words.keys.downloaded(download.data, count(download.data))}</StateMark>
          </p>
        )}
      </div>
      {isNotFresh && (
        <div className={styles.fresh} role="alert">
          <div>
            <strong>{words.keys.freshTitle}</strong>
            <p>{words.keys.fresh}</p>
          </div>
          <ButtonLink to="/sign-in" search={{ again: true, next: '/settings#keys' }} look="primary">
            {words.keys.signIn}
          </ButtonLink>
        </div>
      )}
      {download.isError && !isNotFresh && <ErrorNote error={download.error} />}
      {keys.data !== undefined && keys.data.length > 0 && <KeyStates states={keys.data} />}
    </Panel>
  );
}
