import { useMutation } from '@tanstack/react-query';
import type { MyRequest } from '../../src/portal/contract.ts';
import { api, queryClient } from '../api.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { StateMark, type State } from '../ui/StateMark.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Portal.module.css';
import { portalWords } from './words.ts';

const marks: Record<MyRequest['state'], State> = {
  open: 'work',
  accepted: 'work',
  done: 'well',
  declined: 'unsure',
  withdrawn: 'off',
};

/** What the customer asked for and what we answered. */
export function Requests({ requests }: { requests: readonly MyRequest[] }) {
  const words = useWords(portalWords);
  return (
    <section className={styles.requests} aria-labelledby="requests">
      <h2 id="requests">{words.requests}</h2>
      {requests.map((request) => (
        <Request key={request.id} request={request} />
      ))}
    </section>
  );
}

function Request({ request }: { request: MyRequest }) {
  const words = useWords(portalWords);
  const language = useLanguage();
  const { moment, note, askedAt, askedBy, state, answer } = request;
  return (
    <article className={styles.request}>
      <div className={styles.what}>
        {moment === null ? words.toChosen : words.toMoment(dateAndTime(new Date(moment), { language }))}
      </div>
      <StateMark state={marks[state]}>{words.requestStates[state]}</StateMark>
      {note !== '' && <p className={styles.said}>{note}</p>}
      <div className={styles.soft}>
        {words.askedOn} <Moment at={askedAt} /> {words.by(askedBy)}
      </div>
      {answer !== null && (
        <div>
          <div className={styles.soft}>{words.answer}</div>
          <p className={styles.said}>{answer}</p>
        </div>
      )}
      {state === 'open' && <Withdraw request={request.id} />}
    </article>
  );
}

function Withdraw({ request }: { request: string }) {
  const words = useWords(portalWords);
  const withdraw = useMutation({
    ...api.portal.withdraw.mutationOptions(),
    onSuccess: async () => {
      toast(words.withdrawn);
      await queryClient.invalidateQueries({ queryKey: api.portal.key() });
    },
  });
  return (
    <div>
      <AlertDialog
        title={words.withdrawTitle}
        confirm={words.withdraw}
        onConfirm={() => withdraw.mutate({ request })}
        working={withdraw.isPending}
        error={withdraw.error}
        trigger={<Button size="small">{words.withdraw}</Button>}
      >
        {words.withdrawBelow}
      </AlertDialog>
    </div>
  );
}
