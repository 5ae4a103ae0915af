import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../api.ts';
import type { AccountSession } from '../../src/identity/account/contract.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { toast } from '../ui/toast.ts';
import { useTold } from '../sign-in/error-words.ts';
import styles from './Account.module.css';
import { accountWords } from './words.ts';

const listKey = api.account.sessions.queryKey();

export function SessionsPanel() {
  const words = useWords(accountWords).sessions;
  const sessions = useQuery(api.account.sessions.queryOptions());
  const keep = (rows: AccountSession[]) => queryClient.setQueryData(listKey, rows);
  const end = useMutation({
    ...api.account.endSession.mutationOptions(),
    onSuccess: (rows) => {
      keep(rows);
      toast(words.ended);
    },
  });
  const endOthers = useMutation({
    ...api.account.endOtherSessions.mutationOptions(),
    onSuccess: (rows) => {
      keep(rows);
      toast(words.endedOthers);
    },
  });
  const loadError = useTold(sessions.error);
  const error = useTold(end.error ?? endOthers.error);
  const rows = (sessions.data ?? []).toSorted((a, b) => Number(b.current) - Number(a.current));
  return (
    <Panel
      title={words.title}
      note={words.note}
      actions={
        rows.length > 1 && (
          <Button size="small" working={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
            {words.endOthers}
          </Button>
        )
      }
    >
      {error !== undefined && <ErrorNote error={error} />}
      {sessions.isPending && <Skeleton />}
      {loadError !== undefined && <ErrorNote error={loadError} onRetry={() => void sessions.refetch()} />}
      <ul className={styles.list}>
        {rows.map((each) => (
          <SessionItem
            key={each.id}
            session={each}
            isEnding={end.isPending && end.variables.session === each.id}
            onEnd={() => end.mutate({ session: each.id })}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface SessionItemProps {
  session: AccountSession;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionItem({ session, isEnding, onEnd }: SessionItemProps) {
  const words = useWords(accountWords).sessions;
  const { browser, system, address, proof, current, lastUsedAt, signedInAt } = session;
  const device = words.device(browser, system);
  return (
    <li className={styles.item}>
      <div className={styles.about}>
        <div className={styles.name}>
          {device} {current && <StateMark state="well">{words.current}</StateMark>}
        </div>
        <div className={styles.soft}>
          {words.lastUsed} <Moment at={lastUsedAt} />
          {address !== null && ` ${words.from(address)}`} · {words.signedIn} <Moment at={signedInAt} how="short" />,{' '}
          {words.proof[proof]}
        </div>
      </div>
      {!current && (
        <Button size="small" working={isEnding} onClick={onEnd} aria-label={words.endOf(device)}>
          {words.end}
        </Button>
      )}
    </li>
  );
}
