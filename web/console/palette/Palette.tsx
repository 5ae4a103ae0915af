import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { overviewWords } from '../../../src/overview/words.ts';
import { api } from '../../api.ts';
import dialog from '../../ui/Dialog.module.css';
import { classNames } from '../../ui/class-names.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { markOf, nameOf } from '../today/site-facts.ts';
import { useTellBackups } from '../today/tell-backups.ts';
import styles from './Palette.module.css';
import { useEntries, type Entry } from './palette-entries.ts';
import { paletteWords } from './words.ts';

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const sitesShown = 8;
const backupsShown = 3;

/** The command palette: sites by the server's search, what can be done, pages. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const words = useWords(paletteWords);
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(now) => onOpenChange(now)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Viewport className={classNames(dialog.viewport, styles.viewport)}>
          <Dialog.Popup className={classNames(dialog.popup, styles.popup)} initialFocus={input}>
            <Dialog.Title className={styles.hidden}>{words.title}</Dialog.Title>
            <Entries input={input} onDone={() => onOpenChange(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface EntriesProps {
  input: React.RefObject<HTMLInputElement | null>;
  onDone: () => void;
}

function Entries({ input, onDone }: EntriesProps) {
  const words = useWords(paletteWords);
  const language = useLanguage();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const tell = useTellBackups();
  const backUp = useMutation(api.overview.backUp.mutationOptions(tell));
  const search = text.trim();
  const found = useQuery({
    ...api.overview.sites.queryOptions({ input: { search, pageSize: sitesShown, sort: 'site' } }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const rows = search === '' ? [] : (found.data?.rows ?? []);
  const entries = useEntries(
    search,
    rows.map((row) => ({ id: row.id, name: nameOf(row.url), customer: row.customer.name, row })),
    { shown: backupsShown, start: (site) => backUp.mutate({ sites: [site] }) },
  );
  const current = Math.min(at, entries.length - 1);
  const choose = (entry: Entry): void => {
    onDone();
    entry.go();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && entries.length > 0) {
      event.preventDefault();
      const next = (current + move + entries.length) % entries.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = entries[current];
      // What is on its way may be what was meant: Enter waits for it.
      if (entry && !(found.isFetching && found.isPlaceholderData)) choose(entry);
    }
  };
  const groups = [...new Set(entries.map((entry) => entry.group))];
  const { states } = overviewWords(language);
  return (
    <>
      <input
        ref={input}
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
        aria-label={words.placeholder}
        placeholder={words.placeholder}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} role="listbox" id={`${id}-list`} aria-label={words.title}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <span className={styles.group} aria-hidden="true">
              {group}
            </span>
            {entries.map(
              (entry, place) =>
                entry.group === group && (
                  <div
                    key={entry.key}
                    id={`${id}-${place}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={place === current}
                    className={styles.entry}
                    onPointerMove={() => setAt(place)}
                    onClick={() => choose(entry)}
                    onKeyDown={onKeyDown}
                  >
                    <span className={styles.name}>{entry.name}</span>
                    {entry.note !== undefined && <span className={styles.note}>{entry.note}</span>}
                    {entry.row && (
                      <StateMark
                        state={markOf(entry.row.state, entry.row.reasons[0]?.code)}
                        className={styles.state ?? ''}
                      >
                        {states[entry.row.state]}
                      </StateMark>
                    )}
                    {entry.keys !== undefined && <KeyHint keys={entry.keys} />}
                  </div>
                ),
            )}
          </div>
        ))}
        {entries.length === 0 && <p className={styles.nothing}>{found.isFetching ? '…' : words.nothing}</p>}
      </div>
      <p className={styles.hint}>{words.hint}</p>
    </>
  );
}
