import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Today.module.css';
import { todayWords } from './words.ts';

/** In red when no SMS can be sent: without it nobody would be woken. */
export function AlarmNote() {
  const words = useWords(todayWords);
  const language = useLanguage();
  const isGuard = useAccount()?.role === 'guard';
  const { data } = useQuery({ ...api.messages.health.queryOptions(), staleTime: 60_000, refetchInterval: 60_000 });
  if (data?.state !== 'broken') return null;
  return (
    <div className={styles.alarm} role="status">
      <StateMark state="broken">{data.says[language]}</StateMark>
      {!isGuard && (
        <ButtonLink to="/settings" hash="channels">
          {words.setUpSms}
        </ButtonLink>
      )}
    </div>
  );
}
