import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { Input } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Panel } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { useFresh } from '../sign-in/Confirm.tsx';
import { useTold } from '../sign-in/error-words.ts';
import { deviceWords, makePasskey, passkeysPossible, wasCancelled } from '../sign-in/passkeys.ts';
import styles from './Account.module.css';
import { accountChanged, type Factors, type FactorsProps } from './changed.ts';
import { accountWords } from './words.ts';

/** `isNeeded`: the reader has no second step yet; with the passkey everything opens, so all is loaded anew. */
export function PasskeysPanel({ factors, isNeeded = false }: FactorsProps & { isNeeded?: boolean }) {
  const words = useWords(accountWords).passkeys;
  const [isAdding, setAdding] = useState(false);
  const fresh = useFresh();
  const add = useMutation({
    mutationFn: (name: string) => makePasskey(name),
    onSuccess: async () => {
      if (isNeeded) return window.location.replace('/');
      setAdding(false);
      toast(words.added, { tone: 'well' });
      await accountChanged();
    },
    onError: (error, name) => fresh.ask(error, () => add.mutate(name)),
  });
  const error = useTold(wasCancelled(add.error) ? null : add.error);
  const mayAdd = passkeysPossible();
  return (
    <Panel title={words.title} note={words.note}>
      {factors.passkeys.length === 0 ? (
        <p className={styles.list}>{words.none}</p>
      ) : (
        <ul className={styles.list}>
          {factors.passkeys.map((each) => (
            <PasskeyItem key={each.id} passkey={each} />
          ))}
        </ul>
      )}
      {mayAdd ? (
        <Dialog
          title={words.add}
          open={isAdding}
          onOpenChange={(open) => {
            add.reset();
            setAdding(open);
          }}
          trigger={<Button look={isNeeded ? 'primary' : 'plain'}>{words.add}</Button>}
        >
          <Form
            onSubmit={(values) => add.mutate(values.text('name'))}
            error={error}
            submit={words.add}
            working={add.isPending}
          >
            <Input
              label={words.name}
              name="name"
              hint={words.nameHint}
              defaultValue={deviceWords(navigator.userAgent)}
              maxLength={60}
            />
          </Form>
        </Dialog>
      ) : (
        <p className={styles.soft}>{words.off}</p>
      )}
      {fresh.dialog}
    </Panel>
  );
}

function PasskeyItem({ passkey }: { passkey: Factors['passkeys'][number] }) {
  const words = useWords(accountWords).passkeys;
  const [isAsking, setAsking] = useState(false);
  const fresh = useFresh();
  const remove = useMutation({
    ...api.account.removePasskey.mutationOptions(),
    onSuccess: async () => {
      setAsking(false);
      toast(words.removed);
      await accountChanged();
    },
    onError: (error, input) => fresh.ask(error, () => remove.mutate(input)),
  });
  const error = useTold(remove.error);
  const name = passkey.name === '' ? words.unnamed : passkey.name;
  return (
    <li className={styles.item}>
      <div className={styles.about}>
        <div className={styles.name}>{name}</div>
        <div className={styles.soft}>
          {words.made} <Moment at={passkey.madeAt} how="date" />
          {passkey.synced && ` · ${words.synced}`}
        </div>
      </div>
      <AlertDialog
        title={words.removeTitle(name)}
        open={isAsking}
        onOpenChange={(open) => {
          remove.reset();
          setAsking(open);
        }}
        confirm={words.remove}
        onConfirm={() => remove.mutate({ passkey: passkey.id })}
        working={remove.isPending}
        error={error}
        trigger={<Button size="small">{words.remove}</Button>}
      >
        {words.removeBelow}
      </AlertDialog>
      {fresh.dialog}
    </li>
  );
}
