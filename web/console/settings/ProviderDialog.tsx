import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderView } from '../../../src/messages/contract.ts';
import { api } from '../../api.ts';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Password, Select, Textarea } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { alarmWords } from './alarm-words.ts';
import {
  fieldsOf,
  providerKinds,
  readProvider,
  shownValue,
  type FieldSpec,
  type ProviderKind,
} from './provider-fields.ts';
import { providersChanged } from './providers-changed.ts';

interface ProviderDialogProps {
  /** The one that is changed; without it a new one is made. */
  provider?: ProviderView;
  onClose: () => void;
}

/** Adds a provider or changes one. Secrets go in and never come back. */
export function ProviderDialog({ provider, onClose }: ProviderDialogProps) {
  const words = useWords(alarmWords).channels;
  const [kind, setKind] = useState<ProviderKind>(providerKinds.find((each) => each === provider?.kind) ?? 'twilio');
  const save = useMutation(
    api.messages.saveProvider.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        onClose();
        await providersChanged();
      },
    }),
  );
  const hasCanary = kind !== 'webhook' && kind !== 'ntfy';
  return (
    <Dialog
      title={provider ? words.changeTitle(provider.name) : words.addTitle}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form
        submit={words.save}
        working={save.isPending}
        error={save.error}
        onSubmit={(values) => save.mutate(readProvider(kind, provider?.id, values))}
      >
        {!provider && (
          <Select
            label={words.kind}
            hint={words.kindsWhy[kind]}
            name="kind"
            value={kind}
            onChange={(value) => setKind(providerKinds.find((each) => each === value) ?? kind)}
            options={providerKinds.map((each) => ({ value: each, label: words.kinds[each] }))}
          />
        )}
        <Input
          label={words.name.label}
          hint={words.name.hint}
          name="name"
          defaultValue={provider?.name ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        {fieldsOf[kind].map((field) => (
          <OneField key={`${kind} ${field.name}`} field={field} provider={provider} />
        ))}
        {hasCanary && (
          <Input
            label={words.canaryTo.label}
            hint={words.canaryTo.hint}
            name="canaryTo"
            type="tel"
            optional
            defaultValue={provider?.canaryTo ?? ''}
          />
        )}
        <Checkbox
          label={words.enabled.label}
          hint={words.enabled.hint}
          name="enabled"
          defaultChecked={provider?.enabled ?? true}
        />
      </Form>
    </Dialog>
  );
}

function OneField({ field, provider }: { field: FieldSpec; provider: ProviderView | undefined }) {
  const words = useWords(alarmWords).channels;
  const { name, type, optional = false, usual = '', options = [] } = field;
  const own = name.slice(name.indexOf('.') + 1);
  const { label, hint } = words.fields[field.words ?? own] ?? { label: own };
  const kept = provider?.config[own];
  const value = kept === undefined ? usual : shownValue(kept);
  const frame = { label, name, ...(hint !== undefined && { hint }) };
  if (type === 'flag') return <Checkbox {...frame} defaultChecked={kept === true} />;
  if (type === 'secret') {
    const isKept = provider?.secrets.includes(own) === true;
    return (
      <Password
        {...frame}
        {...(isKept && { hint: words.kept })}
        optional={optional || isKept}
        autoComplete="new-password"
      />
    );
  }
  if (type === 'lines') return <Textarea {...frame} optional={optional} rows={3} defaultValue={value} />;
  if (type === 'choice') {
    return (
      <Select
        {...frame}
        defaultValue={value === '' ? options[0] : value}
        options={options.map((each) => ({ value: each, label: each }))}
      />
    );
  }
  return (
    <Input {...frame} type={type} optional={optional} defaultValue={value} spellCheck={false} autoComplete="off" />
  );
}
