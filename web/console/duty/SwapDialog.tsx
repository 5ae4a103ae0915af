import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RotaView } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { dateAndTime } from '../../ui/moment-words.ts';
import { toast } from '../../ui/toast.ts';
import { dutyChanged } from './duty-changed.ts';
import type { PlanSpan } from './RotaPanel.tsx';
import { dutyWords } from './words.ts';

interface SwapDialogProps {
  rota: RotaView;
  spans: readonly PlanSpan[];
  onClose: () => void;
}

/** Two turns change hands: who has the one takes the other. */
export function SwapDialog({ rota, spans, onClose }: SwapDialogProps) {
  const words = useWords(dutyWords);
  const language = useLanguage();
  const [one, setOne] = useState('');
  const swap = useMutation(
    api.oncall.swap.mutationOptions({
      onSuccess: async () => {
        toast(words.override.swapped, { tone: 'well' });
        onClose();
        await dutyChanged();
      },
    }),
  );
  const taken = spans.filter((span): span is PlanSpan & { guard: { id: string; name: string } } => span.guard !== null);
  const guardOfOne = taken.find(({ from }) => from === one)?.guard.id;
  const optionOf = ({ from, to, guard }: (typeof taken)[number]) => ({
    value: from,
    label: words.calendar.turn(
      guard.name,
      dateAndTime(new Date(from), { language }),
      dateAndTime(new Date(to), { language }),
      false,
    ),
  });
  return (
    <Dialog
      title={words.override.swapTitle}
      description={words.override.swapAbout}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form
        submit={words.override.swap}
        working={swap.isPending}
        error={swap.error}
        onSubmit={(values) => {
          const [a, b] = ['one', 'other'].map((name) => taken.find(({ from }) => from === values.text(name)));
          if (!a || !b) return;
          swap.mutate({
            rota: rota.id,
            one: { guard: b.guard.id, from: a.from, to: a.to },
            other: { guard: a.guard.id, from: b.from, to: b.to },
          });
        }}
      >
        <Select
          label={words.override.firstTurn}
          name="one"
          placeholder="…"
          value={one}
          onChange={setOne}
          options={taken.map(optionOf)}
        />
        <Select
          label={words.override.secondTurn}
          name="other"
          placeholder="…"
          defaultValue=""
          options={taken.filter(({ guard }) => guard.id !== guardOfOne).map(optionOf)}
        />
      </Form>
    </Dialog>
  );
}
