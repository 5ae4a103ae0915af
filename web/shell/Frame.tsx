import { Link, Outlet, type LinkProps } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { ConsoleKeys } from '../console/keys/ConsoleKeys.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { useWords } from '../ui/language.tsx';
import { useAccount } from './account.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Brand } from './Brand.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { DutyNow } from './DutyNow.tsx';
import { NavIcon, type NavIconName } from './NavIcon.tsx';
import { openPalette, usePalette } from './palette.ts';
import { ViewChoices } from './ViewChoices.tsx';
import { shellWords } from './words.ts';
import styles from './Frame.module.css';

const Palette = lazy(() => import('../console/palette/Palette.tsx').then(({ Palette: made }) => ({ default: made })));

interface Place {
  to: NonNullable<LinkProps['to']>;
  title: NavIconName;
  /** Only for who may do everything. */
  forOperator?: boolean;
  /** Not at the thumb: the bar of a phone has room for five. */
  wideOnly?: boolean;
}

/** The rest stands in the menu of the account. */
const places: Place[] = [
  { to: '/', title: 'today' },
  { to: '/watch', title: 'watch' },
  { to: '/incidents', title: 'incidents' },
  { to: '/duty', title: 'duty' },
  { to: '/customers', title: 'customers' },
  { to: '/settings', title: 'settings', forOperator: true, wideOnly: true },
];

function SkipLink() {
  const words = useWords(shellWords);
  return (
    <a className={styles.skip} href="#content">
      {words.skip}
    </a>
  );
}

function Main({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className={classNames(styles.main, className)}>
      {children}
    </main>
  );
}

/** The frame of operators and guards. */
export function ConsoleFrame() {
  const words = useWords(shellWords);
  const account = useAccount();
  const palette = usePalette();
  const mayAll = account === undefined || account.role === 'operator' || account.kind !== 'person';
  return (
    <>
      <SkipLink />
      <header className={styles.top}>
        <Link to="/" className={styles.brand}>
          <Brand />
        </Link>
        <nav className={styles.nav} aria-label={words.mainNavigation}>
          {places
            .filter((each) => mayAll || !each.forOperator)
            .map(({ to, title, wideOnly }) => (
              <Link
                key={to}
                // A guard's own page comes before the whole rota.
                to={to === '/duty' && account?.role === 'guard' ? '/duty/mine' : to}
                activeOptions={{ exact: to === '/' }}
                className={wideOnly ? styles.wideOnly : undefined}
              >
                <NavIcon name={title} />
                <span>{words.titles[title]}</span>
              </Link>
            ))}
        </nav>
        <div className={styles.tools}>
          <DutyNow />
          <Button className={styles.find} onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
            {words.search} <KeyHint keys="mod+k" />
          </Button>
          <AccountMenu />
        </div>
      </header>
      <ConnectionBanner />
      <Main className={styles.withTabs}>
        <Outlet />
      </Main>
      <ConsoleKeys />
      {palette.wasOpened && (
        <Suspense>
          <Palette open={palette.isOpen} onOpenChange={palette.setOpen} />
        </Suspense>
      )}
    </>
  );
}

/** The frame of customers: the agency's name, their sites, nothing else. */
export function PortalFrame() {
  return (
    <>
      <SkipLink />
      <header className={styles.top}>
        <Link to="/mine" className={styles.brand}>
          <Brand />
        </Link>
        <div className={styles.tools}>
          <AccountMenu />
        </div>
      </header>
      <ConnectionBanner />
      <Main className={styles.roomy}>
        <Outlet />
      </Main>
    </>
  );
}

/** The frame of pages before anybody is signed in. */
export function PlainFrame({ children }: { children?: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className={styles.top}>
        <span className={styles.brand}>
          <Brand />
        </span>
      </header>
      <ConnectionBanner />
      <Main className={styles.alone}>{children ?? <Outlet />}</Main>
      <footer className={styles.foot}>
        <ViewChoices />
      </footer>
    </>
  );
}

/** The frame of pages that everybody has, by who looks. */
export function OwnFrame() {
  const account = useAccount();
  return account?.role === 'customer' ? <PortalFrame /> : <ConsoleFrame />;
}
