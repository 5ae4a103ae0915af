import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark, type State } from '../../ui/StateMark.tsx';
import styles from './AddSite.module.css';
import { addSiteWords } from './words.ts';

/** Typing has paused for this long, in milliseconds. */
const pauseMs = 700;

/** An address that could be one: not every letter on the way to it is looked at. */
const looksWhole = (text: string): boolean => /^(https?:\/\/)?[^\s/]+\.[^\s./]{2,}|localhost|127\./i.test(text.trim());

/** Looks at an address once its writer pauses. */
export function useLook(address: string) {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(address.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [address]);
  const isCurrent = settled === address.trim() && looksWhole(settled);
  const query = useQuery(
    api.intake.look.queryOptions({ input: { url: settled }, enabled: isCurrent, staleTime: 30_000, retry: false }),
  );
  return { ...query, isCurrent, data: isCurrent ? query.data : undefined };
}

const marks = { ok: 'well', note: 'unsure', wrong: 'broken' } as const satisfies Record<string, State>;

/** What was seen at the address, each with what to do about it. */
export function AddressFindings({ look, onUse }: { look: ReturnType<typeof useLook>; onUse: (url: string) => void }) {
  const words = useWords(addSiteWords);
  const language = useLanguage();
  if (!look.isCurrent) return null;
  if (look.isError) return <ErrorNote error={look.error} onRetry={() => void look.refetch()} />;
  const { data } = look;
  return (
    <Panel title={words.look.title}>
      <div aria-live="polite">
        {data === undefined ? (
          <StateMark state="work">{words.look.looking}</StateMark>
        ) : (
          <>
            <ul className={styles.findings}>
              {data.findings.map((one) => (
                <li key={one.code}>
                  <StateMark state={marks[one.state]}>{one.says[language]}</StateMark>
                  {one.next !== null && <p className={styles.next}>{one.next[language]}</p>}
                </li>
              ))}
            </ul>
            <div className={styles.row}>
              {data.proposal !== null && (
                <Button look="primary" onClick={() => onUse(data.proposal ?? '')}>
                  {words.look.use(data.proposal.replace(/^https:\/\//, ''))}
                </Button>
              )}
              {data.known !== null && (
                <ButtonLink to="/sites/$site" params={{ site: data.known.id }}>
                  {words.look.open}
                </ButtonLink>
              )}
              {!data.canAdd && data.proposal === null && data.known === null && (
                <Button working={look.isFetching} onClick={() => void look.refetch()}>
                  {words.look.again}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}
