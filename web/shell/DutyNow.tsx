import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useLanguage, useWords } from '../ui/language.tsx';
import { shortly } from '../ui/moment-words.ts';
import { useNow } from '../ui/now.ts';
import { StateMark } from '../ui/StateMark.tsx';
import styles from './Frame.module.css';
import { shellWords } from './words.ts';

/** `Dienst Noor tot vr 09:00`, in the head of every page of the console. Says nothing while it is not known. */
export function DutyNow() {
  const words = useWords(shellWords);
  const language = useLanguage();
  const now = useNow();
  const { data } = useQuery({ ...api.oncall.now.queryOptions(), staleTime: 60_000, refetchInterval: 60_000 });
  if (data === undefined) return null;
  const [first] = data.order;
  return (
    <Link to="/duty" className={styles.duty}>
      {first === undefined ? (
        <StateMark state="broken">{words.nobodyOnDuty}</StateMark>
      ) : (
        <>
          <span className={styles.dutyWord}>{words.onDuty} </span>
          <b>{first.guard.name}</b>
          <span className={styles.dutyUntil}>
            {first.until !== null && ` ${words.until(shortly(new Date(first.until), now, { language }))}`}
          </span>
        </>
      )}
    </Link>
  );
}
