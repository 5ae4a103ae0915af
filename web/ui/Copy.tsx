import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Copy.module.css';
import { useWords } from './language.tsx';
import { toast } from './toast.ts';
import { uiWords } from './words.ts';

/** How long the button says that it was done, in milliseconds. */
const saidMs = 2000;

/** Copies a text; the button itself says that it did. */
export function CopyButton({ text, className }: { text: string; className?: string | undefined }) {
  const words = useWords(uiWords);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    // Without https there is no clipboard: the text stays selectable.
    const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
    done.then(
      () => setCopied(true),
      () => toast(words.copyFailed, { tone: 'broken' }),
    );
  };
  return (
    <Button size="small" className={className} onClick={copy}>
      <span aria-live="polite">{isCopied ? `${words.copied} ✓` : words.copy}</span>
    </Button>
  );
}

interface CopyFieldProps {
  label: ReactNode;
  value: string;
  /** For codes that are read out or typed over. */
  size?: 'normal' | 'large';
}

/** A value to take along: a token, a pairing code, an address. */
export function CopyField({ label, value, size }: CopyFieldProps) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <div className={styles.line}>
        <code className={classNames(styles.text, size === 'large' && styles.large)}>{value}</code>
        <CopyButton text={value} />
      </div>
    </div>
  );
}

/** Lines to run or to keep, as they are. */
export function CodeBlock({ children, copies = true }: { children: string; copies?: boolean }) {
  return (
    <div className={styles.block}>
      <pre className={styles.pre}>
        <code>{children}</code>
      </pre>
      {copies && <CopyButton text={children} className={styles.corner} />}
    </div>
  );
}

/** A name out of a machine within a sentence: a table, a file. */
export function Code({ children }: { children: ReactNode }) {
  return <code className={styles.code}>{children}</code>;
}
