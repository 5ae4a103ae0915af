import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Dialog.module.css';
import { useWords } from './language.tsx';
import { uiWords } from './words.ts';

interface DialogProps {
  title: ReactNode;
  /** What it is about, below the title. */
  description?: ReactNode;
  /** The button that opens it; without one, `open` and `onOpenChange` rule it. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'normal' | 'large';
  /** Buttons at its foot. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** A question or a form over the page. Escape, the cross and a click beside it close it; focus comes back. */
export function Dialog({ title, description, trigger, open, onOpenChange, size, actions, children }: DialogProps) {
  const words = useWords(uiWords);
  return (
    <BaseDialog.Root
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange: (now) => onOpenChange(now) })}
    >
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Viewport className={styles.viewport}>
          <BaseDialog.Popup className={classNames(styles.popup, size === 'large' && styles.large)}>
            <div className={styles.head}>
              <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
              <BaseDialog.Close
                aria-label={words.close}
                render={<Button look="quiet" size="small" className={styles.close} />}
              >
                <span aria-hidden="true">✕</span>
              </BaseDialog.Close>
            </div>
            {description !== undefined && (
              <BaseDialog.Description className={styles.text} render={<div />}>
                {description}
              </BaseDialog.Description>
            )}
            {children}
            {actions !== undefined && <div className={styles.actions}>{actions}</div>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
