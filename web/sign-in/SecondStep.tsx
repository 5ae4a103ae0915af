import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Form } from '../ui/Form.tsx';
import { Input } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { callAuth } from './call-auth.ts';
import { useTold } from './error-words.ts';
import { signInWords } from './words.ts';

/** The code of the app, or a recovery code. */
export function SecondStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const words = useWords(signInWords);
  const [kind, setKind] = useState<'code' | 'recovery'>('code');
  const send = useMutation({
    mutationFn: (code: string) =>
      callAuth(kind === 'code' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code }),
    onSuccess: onDone,
  });
  const error = useTold(send.error);
  const text = kind === 'code' ? words.code : words.recovery;
  const other = () => {
    send.reset();
    setKind(kind === 'code' ? 'recovery' : 'code');
  };
  return (
    <>
      <Sentence key={kind} below={text.below}>
        {text.heading}
      </Sentence>
      <Form
        key={`form ${kind}`}
        onSubmit={(values) => send.mutate(values.text('code'))}
        error={error}
        submit={text.button}
        working={send.isPending}
        actions={
          <>
            <Button look="quiet" onClick={other}>
              {kind === 'code' ? words.code.lost : words.recovery.back}
            </Button>
            <Button look="quiet" onClick={onBack}>
              {words.back}
            </Button>
          </>
        }
      >
        {kind === 'code' ? (
          <CodeInput label={words.code.label} autoFocus />
        ) : (
          <Input label={words.recovery.label} name="code" autoComplete="off" spellCheck={false} autoFocus />
        )}
      </Form>
    </>
  );
}

/** Six digits; phones offer the number pad and what the app copied. */
export function CodeInput({
  label,
  hint,
  autoFocus,
}: {
  label: string;
  hint?: string | undefined;
  autoFocus?: boolean | undefined;
}) {
  return (
    <Input
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]{6,8}"
      maxLength={8}
      spellCheck={false}
      hint={hint}
      autoFocus={autoFocus}
    />
  );
}
