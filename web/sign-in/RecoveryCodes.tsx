import { branding } from '../shell/branding.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Choices.tsx';
import { CopyButton } from '../ui/Copy.tsx';
import { Form } from '../ui/Form.tsx';
import { useWords } from '../ui/language.tsx';
import styles from './SignIn.module.css';
import { signInWords } from './words.ts';

interface RecoveryCodesProps {
  codes: readonly string[];
  email: string;
  onDone: () => void;
  /** What they are for stands above already. */
  isTold?: boolean;
}

/** The codes, this once: to copy, to download, and only on when they were kept. */
export function RecoveryCodes({ codes, email, onDone, isTold = false }: RecoveryCodesProps) {
  const words = useWords(signInWords);
  const save = () => {
    const text = `${words.codes.fileHead(branding.name, email)}\n\n${codes.join('\n')}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = words.codes.file;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Form onSubmit={onDone} submit={words.codes.button}>
      {!isTold && (
        <div role="status" className={styles.stack}>
          <h2>{words.codes.heading}</h2>
          <p className={styles.soft}>{words.codes.below}</p>
        </div>
      )}
      <ul className={styles.codes} aria-label={words.codes.list}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button size="small" onClick={save}>
          {words.codes.download}
        </Button>
        <CopyButton text={codes.join('\n')} />
      </div>
      <Checkbox label={words.codes.kept} name="kept" required />
    </Form>
  );
}
