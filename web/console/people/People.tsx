import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../src/identity/people/contract.ts';
import { api } from '../../api.ts';
import { useTold } from '../../sign-in/error-words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { Invitations } from './Invitations.tsx';
import { LinkDialog, type HandOver } from './LinkDialog.tsx';
import { PersonActions } from './PersonActions.tsx';
import styles from './People.module.css';
import { peopleWords } from './words.ts';

/** Everybody who may come in, and who was invited. */
export function People() {
  const words = useWords(peopleWords);
  const people = useQuery(api.people.list.queryOptions());
  const invitations = useQuery(api.people.invitations.queryOptions());
  const [isInviting, setInviting] = useState(false);
  const [handOver, setHandOver] = useState<HandOver | undefined>();
  const error = useTold(people.error ?? invitations.error);
  if (error !== undefined) {
    return <ErrorNote error={error} onRetry={() => void Promise.all([people.refetch(), invitations.refetch()])} />;
  }
  if (!people.data || !invitations.data) return <Skeleton />;
  const active = people.data.filter((each) => each.deactivatedAt === null).length;
  const waiting = invitations.data.length;
  return (
    <>
      <Sentence
        {...(waiting > 0 && { ask: words.waiting(waiting) })}
        below={words.below}
        actions={
          <Button look="primary" onClick={() => setInviting(true)}>
            {words.invite}
          </Button>
        }
      >
        {words.heading(active)}
      </Sentence>
      {waiting > 0 && <Invitations invitations={invitations.data} onHandOver={setHandOver} />}
      <Panel>
        <PeopleTable people={people.data} onHandOver={setHandOver} />
      </Panel>
      <InviteDialog isOpen={isInviting} onOpenChange={setInviting} onHandOver={setHandOver} />
      <LinkDialog handOver={handOver} onClose={() => setHandOver(undefined)} />
    </>
  );
}

function PeopleTable({ people, onHandOver }: { people: Person[]; onHandOver: (link: HandOver) => void }) {
  const words = useWords(peopleWords);
  const columns: Column<Person>[] = [
    { key: 'person', title: words.columns.person, cell: (each) => <Who person={each} />, wraps: true },
    {
      key: 'role',
      title: words.columns.role,
      cell: (each) =>
        each.deactivatedAt === null ? (
          <div>
            {words.roles[each.role]}
            {each.customer && <div className={styles.soft}>{each.customer.name}</div>}
          </div>
        ) : (
          <StateMark state="off">{words.deactivated}</StateMark>
        ),
    },
    { key: 'step', title: words.columns.step, cell: (each) => <SecondStep person={each} /> },
    {
      key: 'seen',
      title: words.columns.seen,
      cell: (each) => (each.lastSeenAt === null ? words.never : <Moment at={each.lastSeenAt} quiet />),
    },
    {
      key: 'actions',
      title: <span className={styles.hidden}>{words.columns.actions}</span>,
      align: 'end',
      cell: (each) => (each.self ? null : <PersonActions person={each} onHandOver={onHandOver} />),
    },
  ];
  return <Table caption={words.caption} columns={columns} rows={people} keyOf={(each) => each.id} stacks />;
}

function Who({ person }: { person: Person }) {
  const words = useWords(peopleWords);
  return (
    <div>
      <span className={styles.name}>{person.name}</span>{' '}
      {person.self && <span className={styles.soft}>({words.you})</span>}
      {person.name !== person.email && <div className={styles.soft}>{person.email}</div>}
    </div>
  );
}

function SecondStep({ person }: { person: Person }) {
  const { app, passkeys, none } = useWords(peopleWords).step;
  const has = [...(person.secondFactor ? [app] : []), ...(person.passkeys > 0 ? [passkeys(person.passkeys)] : [])];
  if (has.length > 0) return has.join(', ');
  const isLacking = person.role !== 'customer' && person.deactivatedAt === null;
  return isLacking ? <StateMark state="unsure">{none}</StateMark> : <span className={styles.soft}>{none}</span>;
}
