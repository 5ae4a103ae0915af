import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../src/identity/people/contract.ts';
import { api, queryClient } from '../../api.ts';
import { useFresh } from '../../sign-in/Confirm.tsx';
import { toldError, useTold } from '../../sign-in/error-words.ts';
import { thrownInWords } from '../../errors.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import { afterSending, type HandOver } from './LinkDialog.tsx';
import { RoleFields, roleOf } from './RoleFields.tsx';
import { peopleWords } from './words.ts';

interface PersonActionsProps {
  person: Person;
  onHandOver: (link: HandOver) => void;
}

const changed = () => queryClient.invalidateQueries({ queryKey: api.people.key() });

/** What can be done to a person: role, sign-in set up anew, access ended or given again. */
export function PersonActions({ person, onHandOver }: PersonActionsProps) {
  const words = useWords(peopleWords);
  const language = useLanguage();
  const [open, setOpen] = useState<'role' | 'reset' | 'deactivate' | undefined>();
  const fresh = useFresh();
  const { id, name, role, deactivatedAt } = person;
  const reactivate = useMutation({
    ...api.people.reactivate.mutationOptions(),
    onSuccess: async () => {
      toast(words.reactivated(name), { tone: 'well' });
      await changed();
    },
    onError: (error, input) => {
      if (fresh.ask(error, () => reactivate.mutate(input))) return;
      const { sentence, nextStep } = thrownInWords(toldError(error, language), language);
      toast(`${sentence} ${nextStep}`, { tone: 'broken' });
    },
  });
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu
        trigger={
          <Button size="small" look="quiet" aria-label={words.actionsFor(name)}>
            <span aria-hidden="true">⋯</span>
          </Button>
        }
      >
        {deactivatedAt === null ? (
          <>
            <MenuItem onClick={() => setOpen('role')}>{words.changeRole}</MenuItem>
            {role !== 'operator' && <MenuItem onClick={() => setOpen('reset')}>{words.resetLink}</MenuItem>}
            <MenuSeparator />
            <MenuItem danger onClick={() => setOpen('deactivate')}>
              {words.deactivate}
            </MenuItem>
          </>
        ) : (
          <MenuItem onClick={() => reactivate.mutate({ person: id })}>{words.reactivate}</MenuItem>
        )}
      </Menu>
      {open === 'role' && <RoleDialog person={person} onClose={close} />}
      {open === 'reset' && <ResetDialog person={person} onClose={close} onHandOver={onHandOver} />}
      {open === 'deactivate' && <DeactivateDialog person={person} onClose={close} />}
      {fresh.dialog}
    </>
  );
}

interface DeedProps {
  person: Person;
  onClose: () => void;
}

const closing = (onClose: () => void) => (isOpen: boolean) => {
  if (!isOpen) onClose();
};

function RoleDialog({ person, onClose }: DeedProps) {
  const words = useWords(peopleWords);
  const fresh = useFresh();
  const change = useMutation({
    ...api.people.changeRole.mutationOptions(),
    onSuccess: async () => {
      onClose();
      toast(words.roleChanged(person.name), { tone: 'well' });
      await changed();
    },
    onError: (error, input) => fresh.ask(error, () => change.mutate(input)),
  });
  const error = useTold(change.error);
  return (
    <Dialog title={words.roleTitle(person.name)} open onOpenChange={closing(onClose)}>
      <Form
        onSubmit={(values) => change.mutate({ person: person.id, ...roleOf(values) })}
        error={error}
        errorFields={{ 'customer-needed': 'customer' }}
        submit={words.save}
        working={change.isPending}
      >
        <RoleFields role={person.role} customer={person.customer?.id} />
      </Form>
      {fresh.dialog}
    </Dialog>
  );
}

function ResetDialog({ person, onClose, onHandOver }: DeedProps & { onHandOver: (link: HandOver) => void }) {
  const words = useWords(peopleWords);
  const fresh = useFresh();
  const send = useMutation({
    ...api.people.resetLink.mutationOptions(),
    onSuccess: (sent) => {
      onClose();
      afterSending(sent, person.email, words.sent(person.email), onHandOver);
    },
    onError: (error, input) => fresh.ask(error, () => send.mutate(input)),
  });
  const error = useTold(send.error);
  return (
    <>
      <AlertDialog
        title={words.resetTitle(person.name)}
        open
        onOpenChange={closing(onClose)}
        confirm={words.resetMake}
        look="primary"
        onConfirm={() => send.mutate({ person: person.id })}
        working={send.isPending}
        error={error}
      >
        {words.resetBelow}
      </AlertDialog>
      {fresh.dialog}
    </>
  );
}

function DeactivateDialog({ person, onClose }: DeedProps) {
  const words = useWords(peopleWords);
  const end = useMutation({
    ...api.people.deactivate.mutationOptions(),
    onSuccess: async () => {
      onClose();
      toast(words.deactivatedToast(person.name));
      await changed();
    },
  });
  const error = useTold(end.error);
  return (
    <AlertDialog
      title={words.deactivateTitle(person.name)}
      open
      onOpenChange={closing(onClose)}
      confirm={words.deactivate}
      onConfirm={() => end.mutate({ person: person.id })}
      working={end.isPending}
      error={error}
    >
      {words.deactivateBelow}
    </AlertDialog>
  );
}
