import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentView } from '../../../src/incidents/contract.ts';
import { api } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';
import { Textarea } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import { incidentsChanged } from './follow-incidents.ts';
import styles from './Incident.module.css';
import { incidentScreenWords } from './words.ts';

/** 'It is done': what the watch sees itself it closes when it sees it. */
export function Done({ incident }: { incident: string }) {
  const words = useWords(incidentScreenWords).one;
  const [isOpen, setOpen] = useState(false);
  const done = useMutation(
    api.incidents.resolve.mutationOptions({
      onSuccess: async ({ over }) => {
        setOpen(false);
        toast(over ? words.doneOver : words.doneWaits, { tone: over ? 'well' : 'plain' });
        await incidentsChanged();
      },
    }),
  );
  return (
    <AlertDialog
      title={words.doneTitle}
      confirm={words.done}
      look="primary"
      open={isOpen}
      onOpenChange={setOpen}
      working={done.isPending}
      error={done.error}
      onConfirm={() => done.mutate({ incident })}
      trigger={<Button>{words.done}</Button>}
    >
      {words.doneWhy}
    </AlertDialog>
  );
}

/** 'It was not over after all'. */
export function Reopen({ incident }: { incident: string }) {
  const words = useWords(incidentScreenWords).one;
  const [isOpen, setOpen] = useState(false);
  const reopen = useMutation(
    api.incidents.reopen.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        toast(words.reopened);
        await incidentsChanged();
      },
    }),
  );
  return (
    <AlertDialog
      title={words.reopenTitle}
      confirm={words.reopen}
      look="primary"
      open={isOpen}
      onOpenChange={setOpen}
      working={reopen.isPending}
      error={reopen.error}
      onConfirm={() => reopen.mutate({ incident })}
      trigger={<Button>{words.reopen}</Button>}
    >
      {words.reopenWhy}
    </AlertDialog>
  );
}

/** A line on the timeline, which everybody who looks reads at once. */
export function Note({ incident, onDone }: { incident: string; onDone: () => void }) {
  const words = useWords(incidentScreenWords).one;
  const note = useMutation(
    api.incidents.update.mutationOptions({
      onSuccess: async () => {
        toast(words.noted);
        onDone();
        await incidentsChanged();
      },
    }),
  );
  return (
    <Form
      className={styles.note}
      submit={words.noteSend}
      working={note.isPending}
      error={note.error}
      actions={
        <Button look="quiet" onClick={onDone}>
          {words.cancel}
        </Button>
      }
      onSubmit={(values) => note.mutate({ incident, text: values.text('text') })}
    >
      <Textarea label={words.noteLabel} hint={words.noteHint} name="text" rows={2} maxLength={2000} />
    </Form>
  );
}

/** Why it happened: the customer reads it in his report. */
export function CauseNote({ incident }: { incident: IncidentView }) {
  const words = useWords(incidentScreenWords).one;
  const [isEditing, setEditing] = useState(false);
  const save = useMutation(
    api.incidents.causeNote.mutationOptions({
      onSuccess: async () => {
        toast(words.savedCause);
        setEditing(false);
        await incidentsChanged();
      },
    }),
  );
  return (
    <Panel title={words.cause}>
      {isEditing ? (
        <Form
          submit={words.saveCause}
          working={save.isPending}
          error={save.error}
          actions={
            <Button look="quiet" onClick={() => setEditing(false)}>
              {words.cancel}
            </Button>
          }
          onSubmit={(values) => save.mutate({ incident: incident.id, text: values.text('cause') || null })}
        >
          <Textarea
            label={words.causeLabel}
            hint={words.causeHint}
            name="cause"
            optional
            rows={3}
            maxLength={4000}
            defaultValue={incident.causeNote ?? ''}
          />
        </Form>
      ) : (
        <div className={styles.stack}>
          {incident.causeNote === null ? (
            <p className={styles.soft}>{words.noCause}</p>
          ) : (
            <p className={styles.said}>{incident.causeNote}</p>
          )}
          <div>
            <Button size="small" onClick={() => setEditing(true)}>
              {words.changeCause}
            </Button>
          </div>
        </div>
      )}
    </Panel>
  );
}
