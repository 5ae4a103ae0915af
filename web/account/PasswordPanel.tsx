import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { Password } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Panel } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { callAuth } from '../sign-in/call-auth.ts';
import { useFresh } from '../sign-in/Confirm.tsx';
import { useTold } from '../sign-in/error-words.ts';
import styles from './Account.module.css';
import { accountChanged, type FactorsProps } from './changed.ts';
import { accountWords } from './words.ts';

export function PasswordPanel({ factors, email }: FactorsProps) {
  const words = useWords(accountWords).password;
  const [isOpen, setOpen] = useState(false);
  const fresh = useFresh();
  const hasOne = factors.password;
  const save = useMutation({
    mutationFn: async (given: { current: string; next: string }) => {
      if (hasOne) await callAuth('/change-password', { currentPassword: given.current, newPassword: given.next });
      else await client.account.setPassword({ password: given.next });
    },
    onSuccess: async () => {
      setOpen(false);
      toast(words.changed, { tone: 'well' });
      await accountChanged();
    },
    onError: (error, given) => fresh.ask(error, () => save.mutate(given)),
  });
  const error = useTold(save.error);
  return (
    <Panel title={words.title}>
      <div className={styles.stack}>
        <p>{hasOne ? words.has : words.none}</p>
        <div>
          <Dialog
            title={hasOne ? words.title : words.choose}
            {...(hasOne ? { description: words.changedElsewhere } : {})}
            open={isOpen}
            onOpenChange={(open) => {
              save.reset();
              setOpen(open);
            }}
            trigger={<Button>{hasOne ? words.change : words.choose}</Button>}
          >
            <Form
              onSubmit={(values) =>
                save.mutate({ current: values.text('current-password'), next: values.text('new-password') })
              }
              error={error}
              errorFields={{
                'invalid-password': 'current-password',
                'password-too-short': 'new-password',
                'password-too-common': 'new-password',
                'password-too-long': 'new-password',
              }}
              submit={words.save}
              working={save.isPending}
            >
              {/* Password managers want to know whose it is. */}
              <input type="email" name="username" value={email} autoComplete="username" readOnly hidden />
              {hasOne && (
                <Password label={words.current} name="current-password" autoComplete="current-password" autoFocus />
              )}
              <Password
                label={words.next}
                name="new-password"
                autoComplete="new-password"
                minLength={12}
                hint={words.rule}
              />
            </Form>
          </Dialog>
        </div>
      </div>
      {fresh.dialog}
    </Panel>
  );
}
