import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Timeline } from '../../src/backups/moments/contract.ts';
import { client } from '../api.ts';
import { useWords } from '../ui/language.tsx';
import styles from './Moments.module.css';
import { siteWords } from './words.ts';

interface FindMomentProps {
  site: string;
  line: Timeline;
  onFound: (moment: { id: string; takenAt: string }) => void;
}

const pauseMs = 400;

/** A day and time as it is typed; the moment nearest to it is chosen. */
export function FindMoment({ site, line, onFound }: FindMomentProps) {
  const words = useWords(siteWords).line;
  const [typed, setTyped] = useState('');
  const find = useMutation({
    mutationFn: (at: string) => nearestTo(site, new Date(at)),
    onSuccess: (found) => {
      if (found) onFound(found);
    },
  });
  const { mutate } = find;
  useEffect(() => {
    if (typed === '') return undefined;
    const timer = setTimeout(() => mutate(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, mutate]);
  return (
    <label className={styles.find} title={words.findHint}>
      {words.find}
      <input
        type="datetime-local"
        value={typed}
        min={line.oldest === null ? undefined : localForm(line.oldest)}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}

/** `2026-11-25T03:10` in the reader's zone, as the field wants it. */
function localForm(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Asks which snapshot is nearest to a moment. */
async function nearestTo(site: string, at: Date): Promise<{ id: string; takenAt: string } | undefined> {
  const found = await client.moments.show({ site, at: at.toISOString() });
  return found === null ? undefined : { id: found.id, takenAt: found.takenAt };
}
