import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Drill } from '../../../src/drills/contract.ts';
import { api, queryClient, type Client } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { dateAndTime, shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { toast } from '../../ui/toast.ts';
import { alarmWords } from './alarm-words.ts';
import type { PartProps } from './part.ts';
import styles from './Settings.module.css';

type DrillList = Awaited<ReturnType<Client['drills']['list']>>;
const marks = { running: 'work', passed: 'well', failed: 'broken' } as const;
const shownAtFirst = 4;

async function drillsChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.drills.key() });
}

/** Fire drills: what was measured, when the next is, and one now. */
export function DrillsPanel({ canChange }: Pick<PartProps, 'canChange'>) {
  const words = useWords(alarmWords).drills;
  const list = useQuery({
    ...api.drills.list.queryOptions({ input: {} }),
    // While one runs, its times come in one after the other.
    refetchInterval: ({ state }) => (state.data?.drills[0]?.state === 'running' ? 2000 : 60_000),
  });
  const { data } = list;
  return (
    <Panel title={words.title}>
      {list.error && !data && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={3} />}
      {data && <Known list={data} canChange={canChange} />}
    </Panel>
  );
}

function Known({ list, canChange }: { list: DrillList; canChange: boolean }) {
  const words = useWords(alarmWords).drills;
  const language = useLanguage();
  const now = useNow();
  const [isEditing, setEditing] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const { drills, nextAt, obstacle, goalSeconds } = list;
  const when = (at: string): string => shortly(new Date(at), now, { language });
  const runs = drills.some(({ state }) => state === 'running');
  const last = drills.find(({ state }) => state !== 'running');
  const shown = isWhole ? drills : drills.slice(0, shownAtFirst);
  return (
    <>
      <div className={styles.prose}>
        <p>{words.about(goalSeconds)}</p>
        <p>
          {last === undefined ? (
            <StateMark state="off">{words.never}</StateMark>
          ) : last.state === 'passed' && last.seconds.accepted !== null ? (
            <StateMark state="well">{words.last(when(last.startedAt), last.seconds.accepted)}</StateMark>
          ) : (
            <StateMark state="broken">{words.lastFailed(when(last.startedAt))}</StateMark>
          )}
        </p>
        <p className={styles.soft}>
          {nextAt === null ? words.off : words.next(dateAndTime(new Date(nextAt), { language }))}
        </p>
        {obstacle !== null && <StateMark state="unsure">{words.obstacle[obstacle]}</StateMark>}
        {runs && <StateMark state="work">{words.runs}</StateMark>}
      </div>
      <div className={styles.row}>
        <StartNow disabled={runs || obstacle !== null} />
        {canChange && !isEditing && (
          <Button look="quiet" onClick={() => setEditing(true)}>
            {words.change}
          </Button>
        )}
      </div>
      {isEditing && <DrillSettings list={list} onDone={() => setEditing(false)} />}
      {drills.length > 0 && (
        <>
          <h3 className={styles.part}>{words.history}</h3>
          <Times drills={shown} />
          {!isWhole && drills.length > shownAtFirst && (
            <Button look="quiet" size="small" onClick={() => setWhole(true)}>
              {words.more}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function Times({ drills }: { drills: readonly Drill[] }) {
  const words = useWords(alarmWords).drills;
  const seconds = (value: number | null): string => (value === null ? '–' : words.seconds(value));
  const columns: Column<Drill>[] = [
    { key: 'when', title: words.columns.when, cell: ({ startedAt }) => <Moment at={startedAt} how="short" quiet /> },
    {
      key: 'state',
      title: words.columns.state,
      cell: ({ state, failure, incident }) => (
        <>
          <StateMark state={marks[state]}>
            {words.states[state]}
            {failure !== null && `: ${words.failure[failure]}`}
          </StateMark>{' '}
          {incident !== null && (
            <ButtonLink to="/incidents/$id" params={{ id: incident }} look="quiet" size="small">
              →
            </ButtonLink>
          )}
        </>
      ),
    },
    ...(['confirmed', 'accepted', 'delivered', 'acknowledged'] as const).map((key): Column<Drill> => ({
      key,
      title: words.columns[key],
      align: 'end',
      cell: (drill) => seconds(drill.seconds[key]),
    })),
  ];
  return <Table caption={words.history} columns={columns} rows={drills} keyOf={({ id }) => id} stacks />;
}

function StartNow({ disabled }: { disabled: boolean }) {
  const words = useWords(alarmWords).drills;
  const [isOpen, setOpen] = useState(false);
  const start = useMutation(
    api.drills.start.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        toast(words.started);
        await drillsChanged();
      },
    }),
  );
  if (disabled) return <Button disabled>{words.start}</Button>;
  return (
    <AlertDialog
      title={words.startTitle}
      confirm={words.start}
      look="primary"
      open={isOpen}
      onOpenChange={setOpen}
      working={start.isPending}
      error={start.error}
      onConfirm={() => start.mutate(undefined)}
      trigger={<Button>{words.start}</Button>}
    >
      {words.startWhy}
    </AlertDialog>
  );
}

/** A Monday, from which the names of the days come. */
const monday = Date.UTC(2026, 0, 5, 12);

function DrillSettings({ list, onDone }: { list: DrillList; onDone: () => void }) {
  const words = useWords(alarmWords).drills;
  const language = useLanguage();
  const { settings } = list;
  const guards = useQuery(api.oncall.guards.queryOptions());
  const known = guards.data ?? (settings.guard ? [settings.guard] : []);
  const save = useMutation(
    api.drills.settings.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        onDone();
        await drillsChanged();
      },
    }),
  );
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    label: new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
      monday + (day - 1) * 86_400_000,
    ),
  }));
  return (
    <Form
      key={guards.data ? 'known' : 'coming'}
      className={styles.form}
      submit={words.save}
      working={save.isPending}
      error={save.error}
      onSubmit={(values) =>
        save.mutate({
          enabled: values.flag('enabled'),
          day: Number(values.text('day')),
          time: values.text('time'),
          guard: values.text('guard') || null,
        })
      }
    >
      <Checkbox label={words.weekly} hint={words.weeklyHint} name="enabled" defaultChecked={settings.enabled} />
      <Select label={words.day} name="day" defaultValue={String(settings.day)} options={days} />
      <Input
        label={words.time.label}
        hint={words.time.hint}
        name="time"
        defaultValue={settings.time}
        pattern="([01]\d|2[0-3]):[0-5]\d"
      />
      <Select
        label={words.guard}
        name="guard"
        optional
        defaultValue={settings.guard?.id ?? ''}
        placeholder={words.onDuty}
        options={known.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form>
  );
}
