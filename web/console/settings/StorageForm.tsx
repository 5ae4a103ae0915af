import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { StorageInput } from '../../../src/settings/contract.ts';
import type { Language } from '../../../src/platform/words.ts';
import { api, apiErrorOf } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input, Password } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { keepSettings, type SettingsView } from './part.ts';
import styles from './Settings.module.css';
import { StorageOutcome } from './StorageOutcome.tsx';
import { settingsScreenWords } from './words.ts';

function inputOf(values: FormValues): StorageInput {
  if (values.text('kind') !== 's3') return { kind: 'folder', folder: values.text('folder') || null };
  const [accessKey, secretKey] = [values.text('accessKey'), values.text('secretKey').trim()];
  return {
    kind: 's3',
    endpoint: values.text('endpoint'),
    bucket: values.text('bucket'),
    region: values.text('region') || 'us-east-1',
    prefix: values.text('prefix'),
    ...(accessKey === '' ? {} : { accessKey }),
    ...(secretKey === '' ? {} : { secretKey }),
  };
}

/** What the last test before taking it found, in the reader's language; undefined = the error is about something else. */
function problemOf(thrown: unknown, language: Language): { says: string; next: string } | undefined {
  const { code, details } = apiErrorOf(thrown);
  const told = code === 'storage-test-failed' ? details[language] : undefined;
  if (typeof told !== 'object' || told === null || !('says' in told) || !('next' in told)) return undefined;
  return { says: String(told.says), next: String(told.next) };
}

/** Choosing another place: it can be tried, and it is tried once more before it is taken. */
export function StorageForm({ now, onDone }: { now: SettingsView['storage']['now']; onDone: () => void }) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const [kind, setKind] = useState(now.kind);
  const probing = useRef(false);
  const test = useMutation(api.settings.testStorage.mutationOptions());
  const save = useMutation(
    api.settings.changeStorage.mutationOptions({
      onSuccess: (settings) => {
        keepSettings(settings);
        toast(words.saved);
        onDone();
      },
    }),
  );
  const submit = (values: FormValues) => {
    const input = inputOf(values);
    if (probing.current) {
      save.reset();
      test.mutate(input);
    } else {
      test.reset();
      save.mutate(input);
    }
    probing.current = false;
  };
  const s3 = now.kind === 's3' ? now : undefined;
  const refused = save.isError ? problemOf(save.error, language) : undefined;
  return (
    <Form
      className={styles.form}
      onSubmit={submit}
      error={refused === undefined ? save.error : undefined}
      errorFields={{ 'storage-folder-wrong': 'folder', 'storage-keys-needed': 'accessKey' }}
      submit={words.storage.save}
      working={save.isPending}
      actions={
        <>
          <Button type="submit" working={test.isPending} onClick={() => (probing.current = true)}>
            {words.storage.test}
          </Button>
          <Button look="quiet" onClick={onDone}>
            {words.storage.cancel}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={words.storage.kind}
        name="kind"
        value={kind}
        onChange={(value) => setKind(value === 's3' ? 's3' : 'folder')}
        options={[
          { value: 'folder', label: words.storage.folder, hint: words.storage.folderHint },
          { value: 's3', label: words.storage.s3, hint: words.storage.s3Hint },
        ]}
      />
      {kind === 'folder' ? (
        <Input
          key="folder"
          label={words.storage.path}
          name="folder"
          optional
          defaultValue={now.kind === 'folder' && !now.isDefault ? now.folder : ''}
          hint={words.storage.pathHint}
          spellCheck={false}
          autoComplete="off"
        />
      ) : (
        <>
          <Input
            label={words.storage.endpoint}
            name="endpoint"
            type="url"
            defaultValue={s3?.endpoint ?? ''}
            hint={words.storage.endpointHint}
            spellCheck={false}
          />
          <div className={styles.pair}>
            <Input label={words.storage.bucket} name="bucket" defaultValue={s3?.bucket ?? ''} spellCheck={false} />
            <Input
              label={words.storage.region}
              name="region"
              defaultValue={s3?.region ?? ''}
              placeholder="us-east-1"
              optional
              spellCheck={false}
            />
          </div>
          <Input
            label={words.storage.prefix}
            name="prefix"
            defaultValue={s3?.prefix ?? ''}
            optional
            hint={words.storage.prefixHint}
            spellCheck={false}
          />
          <Input
            label={words.storage.accessKey}
            name="accessKey"
            optional={s3 !== undefined}
            spellCheck={false}
            autoComplete="off"
            {...(s3 === undefined ? {} : { hint: words.storage.keysHint })}
          />
          <Password label={words.storage.secretKey} name="secretKey" optional={s3 !== undefined} autoComplete="off" />
        </>
      )}
      <div aria-live="polite">
        {test.isPending && <p className={styles.soft}>{words.storage.testing}</p>}
        {test.data && <StorageOutcome test={test.data} />}
        {refused && (
          <div className={styles.outcome}>
            <StateMark state="broken">{refused.says}</StateMark>
            <p className={styles.soft}>{refused.next}</p>
          </div>
        )}
      </div>
      {test.isError && <ErrorNote error={test.error} />}
    </Form>
  );
}
