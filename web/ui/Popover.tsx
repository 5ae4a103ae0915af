import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './Popups.module.css';
import { uiWords } from './words.ts';

interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  title?: ReactNode;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Something small that unfolds beside its button. */
export function Popover({ trigger, title, children, open, onOpenChange }: PopoverProps) {
  return (
    <BasePopover.Root
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange: (now) => onOpenChange(now) })}
    >
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={styles.positioner} sideOffset={6} collisionPadding={8} align="start">
          <BasePopover.Popup className={styles.popup}>
            {title !== undefined && <BasePopover.Title className={styles.title}>{title}</BasePopover.Title>}
            <BasePopover.Description render={<div />}>{children}</BasePopover.Description>
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}

/** 'why?' beside a figure or a state: unfolds the rule's own reason. */
export function Why({ children, label, className }: { children: ReactNode; label?: ReactNode; className?: string }) {
  const words = useWords(uiWords);
  return (
    <Popover
      trigger={
        <button type="button" className={classNames(styles.why, className)}>
          {label ?? words.why}
        </button>
      }
    >
      {children}
    </Popover>
  );
}
