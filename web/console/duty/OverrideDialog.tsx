import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Guard, RotaView } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { dutyChanged } from './duty-changed.ts';
import { fromLocalField, toLocalField } from './local-time.ts';
import type { PlanSpan } from './RotaPanel.tsx';
import { dutyWords } from './words.ts';

interface OverrideDialogProps {
  rota: RotaView;
  guards: readonly Guard[];
  spans: readonly PlanSpan[];
  onClose: () => void;
}

const hourMs = 3_600_000;

/** Somebody takes over for a while. Begins with the first hole, if there is one, since that must be filled. */
export function OverrideDialog({ rota, guards, spans, onClose }: OverrideDialogProps) {
  const words = useWords(dutyWords).override;
  const [start] = useState(() => {
    const hole = spans.find(({ guard }) => guard === null);
    const now = Math.ceil(Date.now() / hourMs) * hourMs;
    return hole ? { from: Date.parse(hole.from), to: Date.parse(hole.to) } : { from: now, to: now + 12 * hourMs };
  });
  const add = useMutation(
    api.oncall.addOverride.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        onClose();
        await dutyChanged();
      },
    }),
  );
  return (
    <Dialog title={words.title} description={words.about} open onOpenChange={(open) => !open && onClose()}>
      <Form
        submit={words.save}
        working={add.isPending}
        error={add.error}
        errorFields={{ 'override-times-wrong': 'to' }}
        onSubmit={(values) => {
          const [from, to] = [fromLocalField(values.text('from')), fromLocalField(values.text('to'))];
          if (from === undefined || to === undefined) return;
          add.mutate({ rota: rota.id, guard: values.text('guard'), from, to, note: values.text('note') });
        }}
      >
        <Select
          label={words.who}
          name="guard"
          placeholder="…"
          defaultValue=""
          options={guards.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Input label={words.from.label} name="from" type="datetime-local" defaultValue={toLocalField(start.from)} />
        <Input label={words.to.label} name="to" type="datetime-local" defaultValue={toLocalField(start.to)} />
        <Input
          label={words.note.label}
          hint={words.note.hint}
          name="note"
          optional
          maxLength={200}
          autoComplete="off"
        />
      </Form>
    </Dialog>
  );
}
