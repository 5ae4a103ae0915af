import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { safeReturnPath } from '../shell/return-path.ts';
import { Button } from '../ui/Button.tsx';
import { Form } from '../ui/Form.tsx';
import { Input, Password } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { callAuth } from './call-auth.ts';
import { ConfirmForm } from './Confirm.tsx';
import { useTold } from './error-words.ts';
import { Forgotten } from './Forgotten.tsx';
import { passkeysInField, passkeysPossible, signInWithPasskey, wasCancelled } from './passkeys.ts';
import { SecondStep } from './SecondStep.tsx';
import styles from './SignIn.module.css';
import { signInWords } from './words.ts';

const route = getRouteApi('/plain/sign-in');

/** Everything is loaded anew: nothing of who was there before stays in the window. */
function goOn(asked: string | undefined): void {
  window.location.assign(safeReturnPath(asked, window.location.origin));
}

export function SignIn() {
  const { from, next, again } = route.useSearch();
  const [step, setStep] = useState<'password' | 'code' | 'forgotten'>('password');
  const onDone = () => goOn(next ?? from);
  if (again) return <Again onDone={onDone} />;
  if (step === 'code') return <SecondStep onDone={onDone} onBack={() => setStep('password')} />;
  if (step === 'forgotten') return <Forgotten onBack={() => setStep('password')} />;
  return <FirstStep onDone={onDone} onCode={() => setStep('code')} onForgotten={() => setStep('forgotten')} />;
}

interface FirstStepProps {
  onDone: () => void;
  onCode: () => void;
  onForgotten: () => void;
}

function FirstStep({ onDone, onCode, onForgotten }: FirstStepProps) {
  const words = useWords(signInWords);
  const passkey = usePasskeySignIn(onDone);
  const password = useMutation({
    mutationFn: (given: { email: string; password: string }) => callAuth('/sign-in/email', given),
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect ? onCode() : onDone()),
  });
  const error = useTold(password.error ?? passkey.error);
  return (
    <>
      <Sentence>{words.signIn.heading}</Sentence>
      <div className={styles.stack}>
        <Form
          onSubmit={(values) => {
            passkey.forget();
            password.mutate({ email: values.text('email'), password: values.text('password') });
          }}
          error={error}
          submit={words.signIn.button}
          working={password.isPending}
          actions={
            <Button look="quiet" onClick={onForgotten}>
              {words.signIn.forgot}
            </Button>
          }
        >
          <Input label={words.email} name="email" type="email" autoComplete="username webauthn" spellCheck={false} />
          <Password label={words.password} name="password" autoComplete="current-password" />
        </Form>
        {passkeysPossible() && (
          <>
            <div className={styles.or}>{words.signIn.or}</div>
            <Button
              wide
              working={passkey.isPending}
              onClick={() => {
                password.reset();
                passkey.ask();
              }}
            >
              {words.signIn.withPasskey}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

/** A passkey by the button, or chosen in the e-mail field, which the browser offers by itself. */
function usePasskeySignIn(onDone: () => void) {
  const [inField, setInField] = useState<AbortController | undefined>();
  const asked = useMutation({
    mutationFn: () => signInWithPasskey(),
    onSuccess: onDone,
  });
  useEffect(() => {
    const waiting = new AbortController();
    setInField(waiting);
    const wait = async () => {
      if (!(await passkeysInField()) || waiting.signal.aborted) return;
      await signInWithPasskey({ inField: true, signal: waiting.signal });
      onDone();
    };
    // Nothing was asked, so nothing is told when it comes to nothing.
    wait().catch(() => undefined);
    return () => waiting.abort();
    // Once for this page: what is waited for ends when the page is left.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return {
    isPending: asked.isPending,
    error: wasCancelled(asked.error) ? null : asked.error,
    forget: asked.reset,
    ask: () => {
      // A browser asks for one passkey at a time.
      inField?.abort();
      asked.mutate();
    },
  };
}

/** Who is signed in proves again that it is him, for a deed that asks for it. */
function Again({ onDone }: { onDone: () => void }) {
  const words = useWords(signInWords);
  return (
    <>
      <Sentence below={words.again.below}>{words.again.heading}</Sentence>
      <ConfirmForm onDone={onDone} />
    </>
  );
}
