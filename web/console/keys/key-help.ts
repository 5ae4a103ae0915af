import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isOpen = false;

export function setKeysShown(open: boolean): void {
  isOpen = open;
  for (const listener of listeners) listener();
}

/** Shows which keys there are. */
export function showKeys(): void {
  setKeysShown(true);
}

export function useKeysShown(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
}

/** Where `g` and a letter lead. */
export const ways: Record<
  string,
  '/' | '/#sites' | '/watch' | '/incidents' | '/duty' | '/customers' | '/people' | '/audit' | '/settings' | '/sites/new'
> = {
  t: '/',
  s: '/#sites',
  w: '/watch',
  o: '/incidents',
  d: '/duty',
  c: '/customers',
  p: '/people',
  a: '/audit',
  i: '/settings',
  n: '/sites/new',
};
