import { useEffect, useRef, useState, type Ref } from 'react';
import { useWords } from './language.tsx';
import styles from './Search.module.css';
import { uiWords } from './words.ts';

interface SearchProps {
  /** What is searched, for screen readers: 'Filter de sites'. */
  label: string;
  /** What can be typed: 'naam, plugin, versie, klant'. */
  placeholder?: string;
  value: string;
  /** Called when the writer pauses, at Enter and when it is cleared. */
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}

/** A pause that long, in milliseconds, and the search begins. */
const pauseMs = 200;

/** A field to search or filter by. Escape clears it. */
export function Search({ label, placeholder, value, onChange, ref }: SearchProps) {
  const words = useWords(uiWords);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    // Changed from elsewhere (back button, a filter that was removed).
    setKnown(value);
    setText(value);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (next: string, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setKnown(next);
      onChange(next);
    }, delay);
  };
  const type = (next: string, delay = pauseMs) => {
    setText(next);
    tell(next, delay);
  };
  return (
    <search className={styles.search}>
      <input
        ref={ref}
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tell(text, 0);
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            type('', 0);
          }
        }}
      />
      {text !== '' && (
        <button type="button" className={styles.clear} aria-label={words.clear} onClick={() => type('', 0)}>
          <span aria-hidden="true">✕</span>
        </button>
      )}
    </search>
  );
}
