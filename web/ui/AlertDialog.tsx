import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';
import { ErrorNote } from './ErrorNote.tsx';
import { Input } from './Input.tsx';
import { useWords } from './language.tsx';
import { uiWords } from './words.ts';

interface AlertDialogProps {
  /** The question, as a sentence. */
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  children?: ReactNode;
  /** The word on the button that does it: the deed itself, not 'OK'. */
  confirm: ReactNode;
  onConfirm: () => void;
  /** Must be typed before it can be done, such as the name of the site. */
  typed?: string;
  look?: 'danger' | 'primary';
  working?: boolean;
  /** What the call threw. */
  error?: unknown;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Names that are typed by hand are compared without regard to case and outer spaces. */
function isSame(typed: string, wanted: string): boolean {
  return typed.trim().toLowerCase() === wanted.toLowerCase();
}

/** Asks before something is done that is hard to take back. A click beside it does not close it. */
export function AlertDialog({ trigger, open, onOpenChange, ...rest }: AlertDialogProps) {
  return (
    <BaseAlertDialog.Root
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange: (now) => onOpenChange(now) })}
    >
      {trigger && <BaseAlertDialog.Trigger render={trigger} />}
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={styles.backdrop} />
        <BaseAlertDialog.Viewport className={styles.viewport}>
          <BaseAlertDialog.Popup className={styles.popup}>
            <Question {...rest} />
          </BaseAlertDialog.Popup>
        </BaseAlertDialog.Viewport>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}

/** Of its own, so that what was typed is forgotten when the dialog closes. */
function Question({
  title,
  children,
  confirm,
  onConfirm,
  typed,
  look = 'danger',
  working = false,
  error,
}: AlertDialogProps) {
  const words = useWords(uiWords);
  const [text, setText] = useState('');
  const isReady = typed === undefined || isSame(text, typed);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !working) onConfirm();
      }}
    >
      <BaseAlertDialog.Title className={styles.title}>{title}</BaseAlertDialog.Title>
      {children !== undefined && (
        <BaseAlertDialog.Description className={styles.text} render={<div />}>
          {children}
        </BaseAlertDialog.Description>
      )}
      {typed !== undefined && (
        <Input
          label={words.typeToConfirm(typed)}
          name="confirmation"
          value={text}
          onChange={setText}
          autoComplete="off"
          spellCheck={false}
          hint={text !== '' && !isReady ? words.typedWrong : undefined}
        />
      )}
      {error !== undefined && error !== null && <ErrorNote error={error} />}
      <div className={styles.actions}>
        <BaseAlertDialog.Close render={<Button />}>{words.cancel}</BaseAlertDialog.Close>
        <Button type="submit" look={look} disabled={!isReady} working={working}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
