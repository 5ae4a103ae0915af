import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { MailInput } from '../../../src/settings/contract.ts';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input, Password, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { Fixed } from './Fixed.tsx';
import { keepSettings, type PartProps } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

type Security = MailInput['security'];
const usualPort: Record<Security, string> = { starttls: '587', tls: '465', none: '25' };
const securities: readonly Security[] = ['starttls', 'tls', 'none'];

function inputOf(values: FormValues): MailInput {
  const password = values.text('mailPassword');
  return {
    host: values.text('host'),
    port: Number(values.text('port')),
    security: securities.find((each) => each === values.text('security')) ?? 'starttls',
    user: values.text('user') || null,
    from: values.text('from'),
    ...(password === '' ? {} : { password }),
  };
}

/** The mail server; a test mail goes by what is filled in, saved or not. */
export function MailPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const account = useAccount();
  const { mail, fixed } = settings;
  const isFixed = fixed.mail !== undefined;
  const [security, setSecurity] = useState<Security>(mail?.security ?? 'starttls');
  const [port, setPort] = useState(String(mail?.port ?? usualPort[security]));
  const [to, setTo] = useState<string>();
  const testing = useRef(false);
  const address = to ?? account?.email ?? '';
  const test = useMutation(api.settings.testMail.mutationOptions());
  const save = useMutation(
    api.settings.changeMail.mutationOptions({
      onSuccess: (now) => {
        keepSettings(now);
        toast(words.saved);
      },
    }),
  );
  const submit = (values: FormValues) => {
    if (testing.current) test.mutate({ to: address, language, ...(isFixed ? {} : { mail: inputOf(values) }) });
    else save.mutate({ mail: inputOf(values) });
    testing.current = false;
  };
  const isOff = !canChange || isFixed;
  return (
    <Panel title={words.mail.title}>
      <p className={styles.prose}>
        {mail === null ? words.mail.none : words.mail.now(`${mail.host}:${mail.port}`, mail.from)}
      </p>
      <Fixed by={fixed.mail} />
      {canChange && (
        <Form
          className={isFixed ? styles.readOnly : styles.form}
          onSubmit={submit}
          error={save.error ?? test.error}
          errorFields={{ 'mail-password-needed': 'mailPassword' }}
          submit={words.save}
          working={save.isPending}
          actions={mail !== null && !isFixed && <RemoveMail onRemove={() => save.mutate({ mail: null })} />}
        >
          {!isFixed && (
            <>
              <Input label={words.mail.host} name="host" defaultValue={mail?.host ?? ''} spellCheck={false} />
              <Select
                label={words.mail.security}
                name="security"
                value={security}
                onChange={(value) => {
                  const next = securities.find((each) => each === value) ?? 'starttls';
                  // A port that was only the usual one goes along.
                  if (port === usualPort[security]) setPort(usualPort[next]);
                  setSecurity(next);
                }}
                options={[
                  { value: 'starttls', label: words.mail.starttls },
                  { value: 'tls', label: words.mail.tls },
                  { value: 'none', label: words.mail.open },
                ]}
              />
              <Input
                label={words.mail.port}
                name="port"
                type="number"
                min={1}
                max={65_535}
                value={port}
                onChange={setPort}
              />
              <Input
                label={words.mail.user}
                name="user"
                optional
                defaultValue={mail?.user ?? ''}
                autoComplete="off"
                spellCheck={false}
              />
              <Password
                label={words.mail.password}
                name="mailPassword"
                optional
                autoComplete="new-password"
                {...(mail?.hasPassword === true ? { hint: words.mail.passwordKept } : {})}
              />
              <Input
                label={words.mail.from}
                name="from"
                type="email"
                defaultValue={mail?.from ?? ''}
                hint={words.mail.fromHint}
              />
            </>
          )}
          <div className={styles.testing}>
            <Input label={words.mail.to} name="to" type="email" optional value={address} onChange={setTo} />
            <Button
              type="submit"
              working={test.isPending}
              disabled={address === '' || (isOff && mail === null)}
              onClick={() => (testing.current = true)}
            >
              {words.mail.test}
            </Button>
          </div>
          <div aria-live="polite">
            {test.data && (
              <div className={styles.outcome}>
                {test.data.ok ? (
                  <StateMark state="well">{words.mail.tested(address)}</StateMark>
                ) : (
                  <StateMark state="broken">{test.data.problem?.says[language] ?? ''}</StateMark>
                )}
                {test.data.problem !== null && <p className={styles.soft}>{test.data.problem.next[language]}</p>}
                {test.data.serverSaid !== null && (
                  <p className={styles.soft}>
                    {words.mail.serverSaid}: <q>{test.data.serverSaid}</q>
                  </p>
                )}
              </div>
            )}
          </div>
        </Form>
      )}
    </Panel>
  );
}

function RemoveMail({ onRemove }: { onRemove: () => void }) {
  const words = useWords(settingsScreenWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <AlertDialog
      title={words.mail.removeSure}
      confirm={words.mail.remove}
      open={isOpen}
      onOpenChange={setOpen}
      onConfirm={() => {
        setOpen(false);
        onRemove();
      }}
      trigger={<Button look="quiet">{words.mail.remove}</Button>}
    >
      {words.mail.removeWhy}
    </AlertDialog>
  );
}
