import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import { Button } from '../ui/Button.tsx';
import { CopyField } from '../ui/Copy.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Form } from '../ui/Form.tsx';
import { Password } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { callAuth } from './call-auth.ts';
import { useTold } from './error-words.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { CodeInput } from './SecondStep.tsx';
import styles from './SignIn.module.css';
import { signInWords } from './words.ts';

interface SetUpProps {
  /** Known when he just chose it; else it is asked. */
  password?: string;
  email: string;
  onDone: () => void;
  /** The page itself says then what the recovery codes are for. */
  onProved?: () => void;
  /** Shown beside 'Done' where it may wait. */
  onLater?: () => void;
}

/** The authenticator app: the key as picture and text, a first code, and then the recovery codes. */
export function SecondFactorSetUp({ password, email, onDone, onProved, onLater }: SetUpProps) {
  const words = useWords(signInWords);
  const [isProved, setProved] = useState(false);
  const begin = useMutation({ mutationFn: (given: string) => callAuth('/two-factor/enable', { password: given }) });
  const prove = useMutation({
    mutationFn: (code: string) => callAuth('/two-factor/verify-totp', { code }),
    onSuccess: () => {
      setProved(true);
      onProved?.();
    },
  });
  const beginError = useTold(begin.error);
  const proveError = useTold(prove.error);
  const { totpURI, backupCodes = [] } = begin.data ?? {};
  if (isProved)
    return <RecoveryCodes codes={backupCodes} email={email} onDone={onDone} isTold={onProved !== undefined} />;
  const later = onLater && (
    <Button look="quiet" onClick={onLater}>
      {words.app.later}
    </Button>
  );
  if (totpURI === undefined) {
    if (password !== undefined) {
      return (
        <div className={styles.stack}>
          {beginError !== undefined && <ErrorNote error={beginError} />}
          <div className={styles.row}>
            <Button look="primary" working={begin.isPending} onClick={() => begin.mutate(password)}>
              {words.app.askYes}
            </Button>
            {later}
          </div>
        </div>
      );
    }
    return (
      <Form
        onSubmit={(values) => begin.mutate(values.text('password'))}
        error={beginError}
        errorFields={{ 'invalid-password': 'password' }}
        submit={words.app.askYes}
        working={begin.isPending}
        actions={later}
      >
        <Password label={words.password} name="password" autoComplete="current-password" />
      </Form>
    );
  }
  return (
    <Form
      onSubmit={(values) => prove.mutate(values.text('code'))}
      error={proveError}
      errorFields={{ 'invalid-code': 'code', 'code-used': 'code' }}
      submit={words.app.button}
      working={prove.isPending}
      actions={later}
    >
      <p>{words.app.scan}</p>
      <QrCode text={totpURI} label={words.app.qr} />
      <p className={styles.soft}>{words.app.orType}</p>
      <CopyField label={words.app.secret} value={spaced(new URL(totpURI).searchParams.get('secret') ?? '')} />
      <CodeInput label={words.app.code} hint={words.app.codeHint} />
    </Form>
  );
}

/** In fours: so it is typed over without losing the place. */
function spaced(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { border: 0, ecc: 'M' });
    const squares = code.data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="currentcolor" />
    </svg>
  );
}
