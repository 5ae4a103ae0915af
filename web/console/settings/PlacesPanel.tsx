import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Probe } from '../../../src/probes/contract.ts';
import { probeInWords } from '../../../src/probes/words.ts';
import { api, queryClient } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/Copy.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark, type State } from '../../ui/StateMark.tsx';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { alarmWords } from './alarm-words.ts';
import type { PartProps } from './part.ts';
import styles from './Settings.module.css';

export const probeMarks: Record<Probe['state'], State> = {
  seen: 'well',
  joined: 'work',
  invited: 'work',
  silent: 'broken',
  expired: 'off',
};

async function probesChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.probes.key() });
}

/** Second locations: who looks along from elsewhere, and the way to bring one in. */
export function PlacesPanel({ canChange }: Pick<PartProps, 'canChange'>) {
  const words = useWords(alarmWords).places;
  const list = useQuery({ ...api.probes.list.queryOptions(), refetchInterval: 15_000 });
  const [inviting, setInviting] = useState(false);
  return (
    <Panel
      title={words.title}
      actions={
        canChange && (
          <Button size="small" onClick={() => setInviting(true)}>
            {words.invite}
          </Button>
        )
      }
    >
      <div className={styles.prose}>
        <p>{words.about}</p>
        {list.data && <p className={styles.soft}>{words.silent(list.data.silentAfterSeconds)}</p>}
      </div>
      {list.error && !list.data && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={2} />}
      {list.data?.probes.length === 0 && <StateMark state="unsure">{words.none}</StateMark>}
      {list.data && list.data.probes.length > 0 && (
        <ul className={styles.list}>
          {list.data.probes.map((probe) => (
            <Place key={probe.id} probe={probe} canChange={canChange} />
          ))}
        </ul>
      )}
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </Panel>
  );
}

function Place({ probe, canChange }: { probe: Probe; canChange: boolean }) {
  const words = useWords(alarmWords).places;
  const language = useLanguage();
  const now = useNow();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const when = (at: string): string => shortly(new Date(at), now, { language });
  const { facts } = probe;
  const told = [
    probe.lastSeenAt === null ? undefined : `${words.seen} ${when(probe.lastSeenAt)}`,
    probe.version === null ? undefined : `${words.version} ${probe.version}`,
    facts === null ? undefined : facts.sms === null ? words.noSms : `${words.sms}: ${facts.sms}`,
    facts?.kitUntil == null ? undefined : `${words.rota} ${when(facts.kitUntil)}`,
  ].filter((each) => each !== undefined);
  return (
    <li className={styles.line}>
      <span>
        <StateMark state={probe.state === 'seen' && !probe.canAlarm ? 'unsure' : probeMarks[probe.state]}>
          {probe.name}
        </StateMark>{' '}
        {probeInWords(probe, language, timeZone)}
        {told.length > 0 && <p className={styles.soft}>{told.join(' · ')}</p>}
        {facts?.smsError != null && <p className={styles.careful}>{facts.smsError}</p>}
      </span>
      {canChange && <Remove probe={probe} />}
    </li>
  );
}

function Invite({ onClose }: { onClose: () => void }) {
  const words = useWords(alarmWords).places;
  const language = useLanguage();
  const now = useNow();
  const invite = useMutation(api.probes.invite.mutationOptions({ onSuccess: probesChanged }));
  const { data } = invite;
  return (
    <Dialog
      title={data ? words.made(data.probe.name) : words.inviteTitle}
      description={data ? words.madeAbout : words.inviteAbout}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        data && (
          <Button look="primary" onClick={onClose}>
            {words.done}
          </Button>
        )
      }
    >
      {data ? (
        <>
          <CodeBlock>{data.command}</CodeBlock>
          <p className={styles.soft}>{words.until(shortly(new Date(data.expiresAt), now, { language }))}</p>
        </>
      ) : (
        <Form
          submit={words.make}
          working={invite.isPending}
          error={invite.error}
          errorFields={{ 'probe-name-taken': 'name' }}
          onSubmit={(values) => invite.mutate({ name: values.text('name') })}
        >
          <Input
            label={words.name.label}
            hint={words.name.hint}
            name="name"
            maxLength={30}
            pattern="[A-Za-z0-9][A-Za-z0-9 ._\-]*"
            autoComplete="off"
            spellCheck={false}
          />
        </Form>
      )}
    </Dialog>
  );
}

function Remove({ probe }: { probe: Probe }) {
  const words = useWords(alarmWords).places;
  return (
    <RemoveButton
      label={words.remove}
      title={words.removeTitle(probe.name)}
      why={words.removeWhy}
      done={words.removed(probe.name)}
      remove={() => api.probes.remove.call({ probe: probe.id })}
      onRemoved={probesChanged}
    />
  );
}
