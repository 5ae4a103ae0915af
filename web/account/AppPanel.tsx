import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
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
import { RecoveryCodes } from '../sign-in/RecoveryCodes.tsx';
import { SecondFactorSetUp } from '../sign-in/SecondFactorSetUp.tsx';
import { signInWords } from '../sign-in/words.ts';
import styles from './Account.module.css';
import { accountChanged, type FactorsProps } from './changed.ts';
import { accountWords } from './words.ts';

export function AppPanel({ factors, email }: FactorsProps) {
  const words = useWords(accountWords).app;
  const { secondFactor, secondFactorNeeded, password, passkeys, recoveryCodesLeft } = factors;
  if (secondFactor) {
    return (
      <Panel title={words.title} note={words.codesLeft(recoveryCodesLeft ?? 0)}>
        <div className={styles.stack}>
          <p>{words.on}</p>
          <div className={styles.row}>
            <NewCodes email={email} />
            <TurnOff />
          </div>
        </div>
      </Panel>
    );
  }
  const isLacking = secondFactorNeeded && passkeys.length === 0;
  return (
    <Panel title={words.title}>
      <div className={styles.stack}>
        <p>{password ? (isLacking ? words.offNeeded : words.off) : words.needsPassword}</p>
        {password && <SetUp email={email} />}
      </div>
    </Panel>
  );
}

function SetUp({ email }: { email: string }) {
  const words = useWords(accountWords).app;
  const own = useWords(signInWords).app;
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title={own.heading.replace(/\.$/, '')}
      description={own.below}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) void accountChanged();
      }}
      trigger={<Button>{words.setUp}</Button>}
    >
      <SecondFactorSetUp
        email={email}
        onDone={() => {
          setOpen(false);
          void accountChanged();
        }}
      />
    </Dialog>
  );
}

/** A question for the password, which may need a fresh proof of who asks. */
function usePasswordDeed<Answer>(deed: (password: string) => Promise<Answer>, onDone: () => Promise<void>) {
  const fresh = useFresh();
  const call = useMutation({
    mutationFn: deed,
    onSuccess: onDone,
    onError: (error, password) => fresh.ask(error, () => call.mutate(password)),
  });
  return { call, error: useTold(call.error), dialog: fresh.dialog };
}

function TurnOff() {
  const words = useWords(accountWords).app;
  const own = useWords(signInWords);
  const [isOpen, setOpen] = useState(false);
  const { call, error, dialog } = usePasswordDeed(
    (password) => callAuth('/two-factor/disable', { password }),
    async () => {
      setOpen(false);
      toast(words.removed);
      await accountChanged();
    },
  );
  return (
    <Dialog
      title={words.removeTitle}
      description={words.removeBelow}
      open={isOpen}
      onOpenChange={(open) => {
        call.reset();
        setOpen(open);
      }}
      trigger={<Button>{words.remove}</Button>}
    >
      <Form
        onSubmit={(values) => call.mutate(values.text('password'))}
        error={error}
        errorFields={{ 'invalid-password': 'password' }}
        submit={words.remove}
        submitLook="danger"
        working={call.isPending}
      >
        <Password label={own.password} name="password" autoComplete="current-password" />
      </Form>
      {dialog}
    </Dialog>
  );
}

function NewCodes({ email }: { email: string }) {
  const words = useWords(accountWords).app;
  const own = useWords(signInWords);
  const [isOpen, setOpen] = useState(false);
  const { call, error, dialog } = usePasswordDeed(
    (password) => callAuth('/two-factor/generate-backup-codes', { password }),
    () => accountChanged(),
  );
  const codes = call.data?.backupCodes;
  return (
    <Dialog
      title={words.newCodesTitle}
      {...(codes ? {} : { description: words.newCodesBelow })}
      open={isOpen}
      onOpenChange={(open) => {
        call.reset();
        setOpen(open);
      }}
      trigger={<Button>{words.newCodes}</Button>}
    >
      {codes ? (
        <RecoveryCodes codes={codes} email={email} onDone={() => setOpen(false)} />
      ) : (
        <Form
          onSubmit={(values) => call.mutate(values.text('password'))}
          error={error}
          errorFields={{ 'invalid-password': 'password' }}
          submit={words.newCodes}
          working={call.isPending}
        >
          <Password label={own.password} name="password" autoComplete="current-password" />
        </Form>
      )}
      {dialog}
    </Dialog>
  );
}
