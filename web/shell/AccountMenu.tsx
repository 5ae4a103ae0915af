import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../ui/language.tsx';
import { signOut, useAccount } from './account.ts';
import { ViewChoices } from './ViewChoices.tsx';
import { shellWords } from './words.ts';
import styles from './Frame.module.css';

/** What the navigation has no room for. */
const others = [
  ['/people', 'people'],
  ['/audit', 'audit'],
  ['/tokens', 'tokens'],
  ['/settings', 'settings'],
] as const;

/** The reader's own things. The browser's own popover: closes by Escape and a click beside it, and weighs nothing. */
export function AccountMenu() {
  const words = useWords(shellWords);
  const account = useAccount();
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover();
  return (
    <>
      <Button look="quiet" popoverTarget="account-menu" aria-haspopup="true">
        <svg
          width="18"
          height="18"
          viewBox="0 0 18 18"
          fill="none"
          stroke="currentcolor"
          strokeWidth="1.6"
          aria-hidden="true"
        >
          <circle cx="9" cy="6" r="3.200" />
          <path d="M2.500 16c.6-3.400 3-5 6.500-5s5.900 1.600 6.500 5" />
        </svg>
        <span className={styles.who}>{account?.email ?? words.menu}</span>
      </Button>
      <div ref={menu} id="account-menu" popover="auto" className={styles.menu}>
        {account?.email && <p className={styles.me}>{words.signedInAs(account.email)}</p>}
        <Link to="/account" onClick={close}>
          {words.titles.account}
        </Link>
        {account?.role === 'operator' && (
          <>
            {others.map(([to, title]) => (
              <Link key={to} to={to} onClick={close}>
                {words.titles[title]}
              </Link>
            ))}
          </>
        )}
        <hr />
        <ViewChoices />
        <hr />
        <button type="button" className={styles.menuButton} onClick={() => void signOut()}>
          {words.signOut}
        </button>
      </div>
    </>
  );
}
