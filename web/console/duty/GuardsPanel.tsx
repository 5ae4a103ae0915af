import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Guard } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { dutyChanged } from './duty-changed.ts';
import styles from './Duty.module.css';
import { dutyWords } from './words.ts';

/** Who can be on duty, and by what number they wake. */
export function GuardsPanel({ guards, isOperator }: { guards: readonly Guard[]; isOperator: boolean }) {
  const words = useWords(dutyWords).guards;
  const [editing, setEditing] = useState<Guard | 'new'>();
  return (
    <Panel
      title={words.title}
      actions={
        isOperator && (
          <Button size="small" look={guards.length === 0 ? 'primary' : 'plain'} onClick={() => setEditing('new')}>
            {words.add}
          </Button>
        )
      }
    >
      <div className={styles.stack}>
        <p className={styles.soft}>{words.about}</p>
        {guards.length === 0 && <p>{words.none}</p>}
        <ul className={styles.list}>
          {guards.map((guard) => (
            <li key={guard.id} className={styles.line}>
              <span>
                <strong>{guard.name}</strong>{' '}
                {guard.phone === null ? (
                  <StateMark state="broken">{words.noPhone}</StateMark>
                ) : (
                  <>
                    {guard.phone}{' '}
                    <span className={styles.soft}>{guard.canBeCalled ? words.called : words.notCalled}</span>
                  </>
                )}{' '}
                <span className={styles.soft}>
                  {words.languages[guard.language]} · {guard.account?.email ?? words.noAccount}
                </span>
              </span>
              {isOperator && (
                <span className={styles.row}>
                  {guard.phone !== null && <TestSms guard={guard} phone={guard.phone} />}
                  <Button
                    size="small"
                    look="quiet"
                    aria-label={words.changeTitle(guard.name)}
                    onClick={() => setEditing(guard)}
                  >
                    {words.change}
                  </Button>
                  <RemoveGuard guard={guard} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
      {editing !== undefined && (
        <GuardDialog {...(editing !== 'new' && { guard: editing })} onClose={() => setEditing(undefined)} />
      )}
    </Panel>
  );
}

function TestSms({ guard, phone }: { guard: Guard; phone: string }) {
  const words = useWords(dutyWords).guards;
  const [isOpen, setOpen] = useState(false);
  const test = useMutation(
    api.oncall.testMessage.mutationOptions({
      onSuccess: ({ provider }) => {
        setOpen(false);
        toast(words.tested(provider), { tone: 'well' });
      },
    }),
  );
  return (
    <AlertDialog
      title={words.testTitle(guard.name)}
      confirm={words.testSend}
      look="primary"
      open={isOpen}
      onOpenChange={setOpen}
      working={test.isPending}
      error={test.error}
      onConfirm={() => test.mutate({ guard: guard.id })}
      trigger={<Button size="small">{words.test}</Button>}
    >
      {words.testWhy(phone)}
    </AlertDialog>
  );
}

function RemoveGuard({ guard }: { guard: Guard }) {
  const words = useWords(dutyWords).guards;
  return (
    <RemoveButton
      label={words.remove}
      title={words.removeTitle(guard.name)}
      why={words.removeWhy}
      done={words.removed(guard.name)}
      remove={() => api.oncall.removeGuard.call({ guard: guard.id })}
      onRemoved={dutyChanged}
    />
  );
}

function GuardDialog({ guard, onClose }: { guard?: Guard; onClose: () => void }) {
  const words = useWords(dutyWords).guards;
  // Who has an account and may take incidents.
  const people = useQuery(api.people.list.queryOptions());
  const save = useMutation(
    api.oncall.saveGuard.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        onClose();
        await dutyChanged();
      },
    }),
  );
  const accounts =
    people.data?.filter(({ role, deactivatedAt }) => role !== 'customer' && deactivatedAt === null) ?? [];
  return (
    <Dialog
      title={guard ? words.changeTitle(guard.name) : words.addTitle}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form
        // The list of accounts comes a little later than the form.
        key={people.data ? 'known' : 'coming'}
        submit={words.save}
        working={save.isPending}
        error={save.error}
        errorFields={{ 'guard-phone-taken': 'phone', 'guard-account-taken': 'userId' }}
        onSubmit={(values) =>
          save.mutate({
            ...(guard && { id: guard.id }),
            name: values.text('name'),
            phone: values.text('phone').replaceAll(/[\s()-]/g, '') || null,
            email: values.text('email') || null,
            pushUrl: values.text('pushUrl') || null,
            canBeCalled: values.flag('canBeCalled'),
            language: values.text('language') === 'en' ? 'en' : 'nl',
            userId: values.text('userId') || null,
          })
        }
      >
        <Input
          label={words.name.label}
          name="name"
          defaultValue={guard?.name ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        <Input
          label={words.phone.label}
          hint={words.phone.hint}
          name="phone"
          type="tel"
          optional
          defaultValue={guard?.phone ?? ''}
          autoComplete="off"
        />
        <Checkbox
          label={words.canBeCalled.label}
          hint={words.canBeCalled.hint}
          name="canBeCalled"
          defaultChecked={guard?.canBeCalled ?? true}
        />
        <Select
          label={words.language}
          name="language"
          defaultValue={guard?.language ?? 'nl'}
          options={(['nl', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
        />
        <Input
          label={words.email.label}
          hint={words.email.hint}
          name="email"
          type="email"
          optional
          defaultValue={guard?.email ?? ''}
          autoComplete="off"
        />
        <Input
          label={words.push.label}
          hint={words.push.hint}
          name="pushUrl"
          type="url"
          optional
          defaultValue={guard?.pushUrl ?? ''}
        />
        <Select
          label={words.account.label}
          hint={words.account.hint}
          name="userId"
          optional
          placeholder={words.noAccount}
          defaultValue={guard?.account?.userId ?? ''}
          options={accounts.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
        />
      </Form>
    </Dialog>
  );
}
