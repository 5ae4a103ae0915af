import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { api, apiErrorOf } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Form } from '../ui/Form.tsx';
import { Password } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { callAuth } from './call-auth.ts';
import { useTold } from './error-words.ts';
import { passkeysPossible, signInWithPasskey, wasCancelled } from './passkeys.ts';
import { CodeInput } from './SecondStep.tsx';
import styles from './SignIn.module.css';
import { signInWords } from './words.ts';

/** Password and code, or a passkey, of who is signed in already; with what he has. */
export function ConfirmForm({ onDone }: { onDone: () => void }) {
  const words = useWords(signInWords);
  const factors = useQuery(api.account.factors.queryOptions());
  const confirm = useMutation({
    mutationFn: (given: { password: string; code?: string }) => callAuth('/confirm', given),
    onSuccess: onDone,
  });
  const passkey = useMutation({ mutationFn: () => signInWithPasskey(), onSuccess: onDone });
  const error = useTold(confirm.error ?? (wasCancelled(passkey.error) ? null : passkey.error));
  const loadError = useTold(factors.error);
  if (factors.isPending) return <Skeleton />;
  if (!factors.data) return <ErrorNote error={loadError} onRetry={() => void factors.refetch()} />;
  const { password, secondFactor, passkeys } = factors.data;
  const hasPasskey = passkeys.length > 0 && passkeysPossible();
  return (
    <div className={styles.stack}>
      {hasPasskey && (
        <Button
          look={password ? 'plain' : 'primary'}
          wide
          working={passkey.isPending}
          onClick={() => {
            confirm.reset();
            passkey.mutate();
          }}
        >
          {words.signIn.withPasskey}
        </Button>
      )}
      {hasPasskey && password && <div className={styles.or}>{words.signIn.or}</div>}
      {password ? (
        <Form
          onSubmit={(values) => {
            passkey.reset();
            const code = values.text('code').replaceAll(' ', '');
            confirm.mutate({ password: values.text('password'), ...(code === '' ? {} : { code }) });
          }}
          error={error}
          submit={words.confirm.button}
          working={confirm.isPending}
        >
          <Password label={words.password} name="password" autoComplete="current-password" autoFocus />
          {secondFactor && <CodeInput label={words.confirm.code} />}
        </Form>
      ) : (
        error !== undefined && <ErrorNote error={error} />
      )}
    </div>
  );
}

/**
 * For deeds that need a fresh proof: `const fresh = useFresh()`, `onError: (error) => fresh.ask(error, () => again())`,
 * and `{fresh.dialog}` somewhere. `ask` answers true when it took the error: it asks, and then tries again.
 */
export function useFresh(): { ask: (error: unknown, retry: () => void) => boolean; dialog: ReactNode } {
  const words = useWords(signInWords);
  const [isOpen, setOpen] = useState(false);
  const retry = useRef<(() => void) | undefined>(undefined);
  return {
    ask: (error, again) => {
      if (apiErrorOf(error).code !== 'sign-in-not-fresh') return false;
      retry.current = again;
      setOpen(true);
      return true;
    },
    dialog: (
      <Dialog open={isOpen} onOpenChange={setOpen} title={words.confirm.title} description={words.confirm.below}>
        <ConfirmForm
          onDone={() => {
            setOpen(false);
            retry.current?.();
          }}
        />
      </Dialog>
    ),
  };
}
