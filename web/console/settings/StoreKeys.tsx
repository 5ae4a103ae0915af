import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Password } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { keepSettings, type SettingsView } from './part.ts';
import { settingsScreenWords } from './words.ts';

type Store = SettingsView['storage']['elsewhere'][number];

/** New keys for a place in which backups lie already. */
export function StoreKeys({ store, name }: { store: Store; name: string }) {
  const words = useWords(settingsScreenWords);
  const [isOpen, setOpen] = useState(false);
  const save = useMutation(
    api.settings.changeStoreKeys.mutationOptions({
      onSuccess: (settings) => {
        keepSettings(settings);
        toast(words.saved);
        setOpen(false);
      },
    }),
  );
  const { endpoint, bucket, region, prefix } = store;
  return (
    <Dialog
      title={words.storage.giveKeys(name)}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="small">{words.storage.newKeys}</Button>}
    >
      <Form
        onSubmit={(values) => {
          const keys = { accessKey: values.text('accessKey'), secretKey: values.text('secretKey').trim() };
          save.mutate({ endpoint, bucket, region, prefix, ...keys });
        }}
        error={save.error}
        submit={words.storage.save}
        working={save.isPending}
      >
        <Input label={words.storage.accessKey} name="accessKey" spellCheck={false} autoComplete="off" />
        <Password label={words.storage.secretKey} name="secretKey" autoComplete="off" />
      </Form>
    </Dialog>
  );
}
