import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './Button.module.css';

interface Look {
  /** `primary`: the one thing to do here; at most one on a screen. `danger`: takes something away. */
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  size?: 'normal' | 'small';
  /** As wide as what it stands in. */
  wide?: boolean;
}

function classOf({ look = 'plain', size = 'normal', wide }: Look, className: string | undefined): string {
  return classNames(
    styles.button,
    look !== 'plain' && styles[look],
    size === 'small' && styles.small,
    wide && styles.wide,
    className,
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Look {
  /** Its work is under way: it stays where it is, keeps the focus, and cannot be pressed again. */
  working?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** A button. Disabled ones keep the focus (aria-disabled), so that the keyboard does not lose its place. */
export function Button({ look, size, wide, working, className, disabled, onClick, children, ...rest }: ButtonProps) {
  const isOff = disabled === true || working === true;
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ ...(look && { look }), ...(size && { size }), ...(wide && { wide }) }, className)}
      aria-disabled={isOff || undefined}
      aria-busy={working || undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {working && <span className={styles.working} aria-hidden="true" />}
      {children}
    </button>
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement>, Look {
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ look, size, wide, className, children, ...rest }: AnchorProps) {
  const classes = classOf({ ...(look && { look }), ...(size && { size }), ...(wide && { wide }) }, className);
  return (
    <a {...rest} className={classes}>
      {children}
    </a>
  );
}

/** A link to another screen that looks like a button: `<ButtonLink to="/sites/new" look="primary">`. */
export const ButtonLink: LinkComponent<typeof Anchor> = createLink(Anchor);

/** A link out of the program (a download, a customer's site) that looks like a button. */
export const ButtonAnchor = Anchor;
