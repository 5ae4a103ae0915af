import { lazy, Suspense, useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './Why.module.css';
import { uiWords } from './words.ts';

const load = () => import('./Popover.tsx');
const Popover = lazy(() => load().then((loaded) => ({ default: loaded.Popover })));

/** 'why?' beside a figure or a state: unfolds the rule's own reason. What unfolds loads when it is first wanted. */
export function Why({ children, label, className }: { children: ReactNode; label?: ReactNode; className?: string }) {
  const words = useWords(uiWords);
  const [isWanted, setWanted] = useState(false);
  const look = { type: 'button', className: classNames(styles.why, className) } as const;
  const text = label ?? words.why;
  const first = (
    <button
      {...look}
      aria-haspopup="dialog"
      aria-expanded={isWanted}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
    >
      {text}
    </button>
  );
  if (!isWanted) return first;
  return (
    <Suspense fallback={first}>
      <Popover defaultOpen label={words.why} trigger={<button {...look}>{text}</button>}>
        {children}
      </Popover>
    </Suspense>
  );
}
