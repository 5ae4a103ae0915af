import { useMutation } from '@tanstack/react-query';
import type { Guard } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { Checkbox } from '../../ui/Choices.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import { dutyChanged } from './duty-changed.ts';
import { dutyWords } from './words.ts';

/** A guard's own number and language: nobody else knows sooner when they change. */
export function MyNumber({ guard }: { guard: Guard }) {
  const { mine: words, guards } = useWords(dutyWords);
  const save = useMutation(
    api.oncall.changeMyself.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        await dutyChanged();
      },
    }),
  );
  return (
    <Panel title={words.number} note={words.numberHint}>
      <Form
        submit={words.saveNumber}
        working={save.isPending}
        error={save.error}
        onSubmit={(values) =>
          save.mutate({
            phone: values.text('phone').replaceAll(/[\s()-]/g, '') || null,
            canBeCalled: values.flag('canBeCalled'),
            language: values.text('language') === 'en' ? 'en' : 'nl',
          })
        }
      >
        <Input
          label={guards.phone.label}
          hint={guards.phone.hint}
          name="phone"
          type="tel"
          optional
          defaultValue={guard.phone ?? ''}
          autoComplete="tel"
        />
        <Select
          label={guards.language}
          name="language"
          defaultValue={guard.language}
          options={(['nl', 'en'] as const).map((value) => ({ value, label: guards.languages[value] }))}
        />
        <Checkbox
          label={guards.canBeCalled.label}
          hint={guards.canBeCalled.hint}
          name="canBeCalled"
          defaultChecked={guard.canBeCalled}
        />
      </Form>
    </Panel>
  );
}
