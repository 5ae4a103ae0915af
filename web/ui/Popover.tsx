import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import styles from './Popups.module.css';

interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  title?: ReactNode;
  /** Its name for screen readers, without a title in sight. */
  label?: string;
  children: ReactNode;
  open?: boolean;
  /** Open from the start. */
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Something small that unfolds beside its button. */
export function Popover({ trigger, title, label, children, open, defaultOpen, onOpenChange }: PopoverProps) {
  return (
    <BasePopover.Root
      {...(open !== undefined && { open })}
      {...(defaultOpen !== undefined && { defaultOpen })}
      {...(onOpenChange && { onOpenChange: (now) => onOpenChange(now) })}
    >
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={styles.positioner} sideOffset={6} collisionPadding={8} align="start">
          <BasePopover.Popup className={styles.popup} aria-label={title === undefined ? label : undefined}>
            {title !== undefined && <BasePopover.Title className={styles.title}>{title}</BasePopover.Title>}
            <BasePopover.Description render={<div />}>{children}</BasePopover.Description>
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
