import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invitation } from '../../../src/identity/people/contract.ts';
import { api, queryClient } from '../../api.ts';
import { useFresh } from '../../sign-in/Confirm.tsx';
import { useTold } from '../../sign-in/error-words.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { afterSending, type HandOver } from './LinkDialog.tsx';
import styles from './People.module.css';
import { peopleWords } from './words.ts';

interface InvitationsProps {
  invitations: readonly Invitation[];
  onHandOver: (link: HandOver) => void;
}

export function Invitations({ invitations, onHandOver }: InvitationsProps) {
  const words = useWords(peopleWords).invitations;
  return (
    <Panel title={words.title} note={words.note}>
      <ul className={styles.list}>
        {invitations.map((each) => (
          <InvitationItem key={each.id} invitation={each} onHandOver={onHandOver} />
        ))}
      </ul>
    </Panel>
  );
}

function InvitationItem({ invitation, onHandOver }: { invitation: Invitation; onHandOver: (link: HandOver) => void }) {
  const all = useWords(peopleWords);
  const words = all.invitations;
  const { id, email, name, role, customer, invitedBy, mailedAt, madeAt, expiresAt, expired } = invitation;
  const [isRevoking, setRevoking] = useState(false);
  const fresh = useFresh();
  const changed = () => queryClient.invalidateQueries({ queryKey: api.people.key() });
  const resend = useMutation({
    ...api.people.resend.mutationOptions(),
    onSuccess: async (sent) => {
      afterSending(sent, email, all.sent(email), onHandOver);
      await changed();
    },
    onError: (error, input) => fresh.ask(error, () => resend.mutate(input)),
  });
  const revoke = useMutation({
    ...api.people.revoke.mutationOptions(),
    onSuccess: async () => {
      setRevoking(false);
      toast(words.revoked);
      await changed();
    },
  });
  const resendError = useTold(resend.error);
  const revokeError = useTold(revoke.error);
  return (
    <li className={styles.item}>
      <div className={styles.about}>
        <span className={styles.name}>{name === null ? email : `${name} (${email})`}</span>
        <div className={styles.soft}>
          {all.roles[role]}
          {customer && ` · ${customer.name}`} · {words.by(invitedBy.replace(/^\w+:/, ''))} <Moment at={madeAt} quiet />{' '}
          · {mailedAt === null ? words.notMailed : words.mailed}
        </div>
        <div className={styles.soft}>
          {expired ? (
            <StateMark state="unsure">{words.expired}</StateMark>
          ) : (
            <>
              {words.until} <Moment at={expiresAt} how="full" quiet />
            </>
          )}
        </div>
        {resendError !== undefined && <ErrorNote error={resendError} />}
      </div>
      <div className={styles.row}>
        <Button
          size="small"
          working={resend.isPending}
          onClick={() => resend.mutate({ invitation: id })}
          aria-label={words.resendTo(email)}
        >
          {words.resend}
        </Button>
        <AlertDialog
          title={words.revokeTitle(email)}
          open={isRevoking}
          onOpenChange={(open) => {
            revoke.reset();
            setRevoking(open);
          }}
          confirm={words.revoke}
          onConfirm={() => revoke.mutate({ invitation: id })}
          working={revoke.isPending}
          error={revokeError}
          trigger={
            <Button size="small" aria-label={words.revokeOf(email)}>
              {words.revoke}
            </Button>
          }
        >
          {words.revokeBelow}
        </AlertDialog>
      </div>
      {fresh.dialog}
    </li>
  );
}
