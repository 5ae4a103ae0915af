import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Policy, RotaView } from '../../../src/oncall/contract.ts';
import { api, queryClient } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Duty.module.css';
import { HoursFields, readHours } from './HoursFields.tsx';
import { dutyWords } from './words.ts';

const secondMs = 1000;
const usualHours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };

/** The rule by which somebody is woken, in words; and its figures, for who may change them. */
export function PolicyPanel({ rotas, isOperator }: { rotas: readonly RotaView[]; isOperator: boolean }) {
  const words = useWords(dutyWords).policy;
  const language = useLanguage();
  const [isEditing, setEditing] = useState(false);
  const shown = useQuery(api.oncall.policy.queryOptions());
  const change = useMutation(
    api.oncall.changePolicy.mutationOptions({
      onSuccess: (now) => {
        toast(words.saved, { tone: 'well' });
        setEditing(false);
        queryClient.setQueryData(api.oncall.policy.queryKey(), now);
      },
    }),
  );
  return (
    <Panel
      title={words.title}
      actions={
        isOperator &&
        shown.data &&
        !isEditing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {words.change}
          </Button>
        )
      }
    >
      {shown.error && !shown.data && <ErrorNote error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.isPending && <Skeleton lines={4} />}
      {shown.data && (
        <ol className={styles.rule}>
          {shown.data.inWords[language].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {shown.data && isEditing && (
        <Editor
          policy={shown.data.policy}
          rotas={rotas}
          working={change.isPending}
          error={change.error}
          onCancel={() => setEditing(false)}
          onSave={(policy) => change.mutate(policy)}
        />
      )}
    </Panel>
  );
}

interface EditorProps {
  policy: Policy;
  rotas: readonly RotaView[];
  working: boolean;
  error: unknown;
  onCancel: () => void;
  onSave: (policy: Policy) => void;
}

function Editor({ policy, rotas, working, error, onCancel, onSave }: EditorProps) {
  const words = useWords(dutyWords).policy;
  const [first, setFirst] = useState(() => policy.askedFirst.map((hours, at) => ({ key: String(at), hours })));
  const [nextKey, setNextKey] = useState(first.length);
  const seconds = (values: FormValues, name: string): number => Math.round(Number(values.text(name)) * secondMs);
  const read = (values: FormValues): Policy => ({
    receiptMs: seconds(values, 'receiptMs'),
    callMs: seconds(values, 'callMs'),
    nextMs: seconds(values, 'nextMs'),
    rounds: Number(values.text('rounds')),
    officeHours: readHours(values, 'office'),
    askedFirst: first.map(({ key }) => ({ ...readHours(values, `first${key}`), rota: values.text(`first${key}rota`) })),
  });
  return (
    <Form
      className={styles.wideForm}
      submit={words.save}
      working={working}
      error={error}
      actions={
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      }
      onSubmit={(values) => onSave(read(values))}
    >
      <div className={styles.four}>
        {(
          [
            ['receiptMs', words.receipt, 15, 120],
            ['callMs', words.call, 60, 600],
            ['nextMs', words.next, 60, 900],
          ] as const
        ).map(([name, { label, hint }, min, max]) => (
          <Input
            key={name}
            label={label}
            hint={hint}
            name={name}
            type="number"
            min={min}
            max={max}
            defaultValue={String(policy[name] / secondMs)}
          />
        ))}
        <Input
          label={words.rounds.label}
          hint={words.rounds.hint}
          name="rounds"
          type="number"
          min={1}
          max={10}
          defaultValue={String(policy.rounds)}
        />
      </div>
      <HoursFields label={words.office} prefix="office" hours={policy.officeHours} />
      <div>
        <h3>{words.askedFirst}</h3>
        <p className={styles.soft}>{words.askedFirstHint}</p>
      </div>
      {first.map(({ key, hours }) => (
        <div key={key} className={styles.first}>
          <HoursFields label={words.askedFirst} prefix={`first${key}`} hours={hours} />
          <Select
            label={words.whichRota}
            name={`first${key}rota`}
            defaultValue={hours.rota}
            options={rotas.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button size="small" look="quiet" onClick={() => setFirst(first.filter((each) => each.key !== key))}>
            {words.takeOut}
          </Button>
        </div>
      ))}
      {rotas.length > 1 && (
        <div>
          <Button
            size="small"
            onClick={() => {
              setFirst([...first, { key: String(nextKey), hours: { ...usualHours, rota: rotas[1]?.id ?? '' } }]);
              setNextKey(nextKey + 1);
            }}
          >
            {words.addHours}
          </Button>
        </div>
      )}
    </Form>
  );
}
