import { useEffect, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isOpen = false;
let wasOpened = false;

function setOpen(open: boolean): void {
  isOpen = open;
  wasOpened ||= open;
  for (const listener of listeners) listener();
}

/** Opens the command palette; also Ctrl+K or Cmd+K anywhere in the console. */
export function openPalette(): void {
  setOpen(true);
}

/** For the frame: whether it is open, and whether its code was ever needed. */
export function usePalette(): { isOpen: boolean; wasOpened: boolean; setOpen: (open: boolean) => void } {
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen(!isOpen);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return { isOpen: open, wasOpened, setOpen };
}
