import { useEffect, useRef, type RefObject } from 'react';

interface ListKeys {
  section: RefObject<HTMLElement | null>;
  field: RefObject<HTMLInputElement | null>;
  /** A row by its place on the page. */
  onChoose: (at: number) => void;
  onBackUp: (at: number) => void;
}

/**
 * Keys of the list, wherever the focus is on the page: `/` to the filter, j and k into the rows; on a row x chooses it
 * and b backs it up. Inside the rows the table itself moves.
 */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { section, field, onChoose, onBackUp } = latest.current;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const rows = Array.from(section.current?.querySelectorAll<HTMLElement>('tbody tr') ?? []);
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tbody tr') : null;
      const at = row ? rows.indexOf(row) : -1;
      if (event.key === '/') {
        event.preventDefault();
        field.current?.focus();
      } else if ((event.key === 'j' || event.key === 'k') && at === -1) {
        event.preventDefault();
        (event.key === 'j' ? rows[0] : rows.at(-1))?.focus();
      } else if (event.key === 'x' && at >= 0) onChoose(at);
      else if (event.key === 'b' && at >= 0) onBackUp(at);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Letters belong to who writes, and to what lies over the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog], [role=alertdialog]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
