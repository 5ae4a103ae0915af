import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { KeyHint } from './KeyHint.tsx';
import styles from './Popups.module.css';

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** `MenuItem`, `MenuLink`, `MenuSeparator`. */
  children: ReactNode;
}

/** What else can be done, behind one button. */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles.positioner} sideOffset={6} collisionPadding={8} align="end">
          <BaseMenu.Popup className={classNames(styles.popup, styles.menu)}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface MenuItemProps {
  onClick: () => void;
  disabled?: boolean;
  danger?: boolean;
  /** As in `KeyHint`. */
  keys?: string;
  children: ReactNode;
}

export function MenuItem({ onClick, disabled, danger, keys, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      className={classNames(styles.item, danger && styles.danger)}
      onClick={onClick}
      {...(disabled !== undefined && { disabled })}
    >
      <span>{children}</span>
      {keys !== undefined && <KeyHint keys={keys} />}
    </BaseMenu.Item>
  );
}

/** Goes to another screen. */
export function MenuLink({ children, ...link }: LinkProps & { children: ReactNode }) {
  return (
    <BaseMenu.LinkItem className={styles.item} closeOnClick render={<Link {...link} />}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className={styles.separator} />;
}
