import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerRequest } from '../../../src/portal/contract.ts';
import { api, queryClient } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Textarea } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { dateAndTime } from '../../ui/moment-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Customers.module.css';
import { customersWords } from './words.ts';

/** What customers asked for and waits for us. Nothing at all when nothing waits. */
export function RequestsPanel() {
  const words = useWords(customersWords).requests;
  const requests = useQuery({ ...api.requests.list.queryOptions({ input: {} }), refetchInterval: 30_000 });
  const [answering, setAnswering] = useState<CustomerRequest | undefined>();
  if (requests.error && !requests.data)
    return <ErrorNote error={requests.error} onRetry={() => void requests.refetch()} />;
  if (!requests.data || requests.data.length === 0) return null;
  return (
    <Panel title={words.title(requests.data.length)} tone="work">
      <ul className={styles.requests}>
        {requests.data.map((request) => (
          <Request key={request.id} request={request} onAnswer={setAnswering} />
        ))}
      </ul>
      <Dialog
        title={words.answer}
        {...(answering && { description: words.answerBelow(answering.customer.name) })}
        open={answering !== undefined}
        onOpenChange={(open) => !open && setAnswering(undefined)}
      >
        {answering && <AnswerForm request={answering} onDone={() => setAnswering(undefined)} />}
      </Dialog>
    </Panel>
  );
}

function Request({ request, onAnswer }: { request: CustomerRequest; onAnswer: (request: CustomerRequest) => void }) {
  const words = useWords(customersWords).requests;
  const language = useLanguage();
  const { customer, site, moment, snapshot, note, askedAt, askedBy, state } = request;
  const name = site.url.replace(/^https?:\/\//, '');
  return (
    <li className={styles.request}>
      <div className={styles.asked}>
        <strong>{customer.name}</strong>{' '}
        {moment === null ? words.toChosen(name) : words.toMoment(name, dateAndTime(new Date(moment), { language }))}
        {note !== '' && <blockquote className={styles.note}>{note}</blockquote>}
        <div className={styles.soft}>
          {askedBy}, <Moment at={askedAt} />
        </div>
        {state === 'accepted' && <StateMark state="work">{words.accepted}</StateMark>}
      </div>
      <div className={styles.row}>
        <Link to="/sites/$site/restore" params={{ site: site.id }} search={snapshot === null ? {} : { snapshot }}>
          {words.restore}
        </Link>
        <Button size="small" onClick={() => onAnswer(request)} aria-label={words.answerTo(customer.name)}>
          {words.answer}
        </Button>
      </div>
    </li>
  );
}

const states = ['accepted', 'done', 'declined'] as const;

function AnswerForm({ request, onDone }: { request: CustomerRequest; onDone: () => void }) {
  const words = useWords(customersWords).requests;
  const answer = useMutation({
    ...api.requests.answer.mutationOptions(),
    onSuccess: async () => {
      onDone();
      toast(words.answered(request.customer.name), { tone: 'well' });
      await queryClient.invalidateQueries({ queryKey: api.requests.key() });
    },
  });
  const possible = states.filter((state) => state !== 'accepted' || request.state === 'open');
  return (
    <Form
      onSubmit={(values) => {
        const state = states.find((each) => each === values.text('state')) ?? 'accepted';
        answer.mutate({ request: request.id, state, answer: values.text('answer') });
      }}
      error={answer.error}
      submit={words.send}
      working={answer.isPending}
    >
      <RadioGroup
        label={words.state}
        name="state"
        defaultValue={possible[0]}
        options={possible.map((state) => ({ value: state, label: words.states[state] }))}
      />
      <Textarea label={words.words} name="answer" hint={words.wordsHint} rows={4} maxLength={2000} optional />
    </Form>
  );
}
