import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Guard, RotaView } from '../../../src/oncall/contract.ts';
import { spansBetween, type Rota } from '../../../src/oncall/rules/on-duty.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { useNow } from '../../ui/now.ts';
import { OrderList } from '../../ui/OrderList.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import type { DutySpan } from './calendar-weeks.ts';
import { DutyCalendar } from './DutyCalendar.tsx';
import { dutyChanged } from './duty-changed.ts';
import styles from './Duty.module.css';
import { dutyWords } from './words.ts';

interface RotaDialogProps {
  /** The one that is changed; without it a new one is made. */
  rota?: RotaView;
  guards: readonly Guard[];
  onClose: () => void;
}

/** A turn of the list; somebody may have several, so each has a key of its own. */
interface Turn {
  key: string;
  guard: string | null;
}

const previewWeeks = 4;
const weekMs = 7 * 86_400_000;

/** Makes or changes a rota: the guards in order, when they hand over, and at once what becomes of it. */
export function RotaDialog({ rota, guards, onClose }: RotaDialogProps) {
  const words = useWords(dutyWords);
  const { timeZone: ownZone } = Intl.DateTimeFormat().resolvedOptions();
  const [every, setEvery] = useState(rota?.every ?? 'week');
  const [handover, setHandover] = useState(rota?.handover ?? '09:00');
  const [firstTurn, setFirstTurn] = useState(rota?.firstTurn ?? new Date().toLocaleDateString('en-CA'));
  const [timeZone, setTimeZone] = useState(rota?.timeZone ?? ownZone);
  const [turns, setTurns] = useState<Turn[]>(() =>
    (rota?.turns ?? []).map((guard, at) => ({ key: String(at), guard: guard?.id ?? null })),
  );
  const [nextKey, setNextKey] = useState(rota?.turns.length ?? 0);
  const save = useMutation(
    api.oncall.saveRota.mutationOptions({
      onSuccess: async () => {
        toast(words.rota.saved, { tone: 'well' });
        onClose();
        await dutyChanged();
      },
    }),
  );
  const names = new Map(guards.map(({ id, name }) => [id, name]));
  const nameOf = (guard: string | null): string =>
    guard === null ? words.rota.nobodysTurn : (names.get(guard) ?? guard);
  const add = (guard: string | null): void => {
    setTurns([...turns, { key: String(nextKey), guard }]);
    setNextKey(nextKey + 1);
  };
  return (
    <Dialog
      title={rota ? words.rota.changeTitle(rota.name) : words.rota.addTitle}
      size="large"
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form
        className={styles.wideForm}
        submit={words.rota.save}
        working={save.isPending}
        error={save.error}
        onSubmit={(values) =>
          save.mutate({
            ...(rota && { id: rota.id }),
            name: values.text('name'),
            timeZone,
            every,
            handover,
            firstTurn,
            turns: turns.map(({ guard }) => guard),
          })
        }
      >
        <Input
          label={words.rota.name.label}
          name="name"
          defaultValue={rota?.name ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        <div>
          <h3>{words.rota.turns}</h3>
          <p className={styles.soft}>{words.rota.turnsHint}</p>
          {turns.length > 0 && (
            <OrderList
              label={words.rota.turns}
              items={turns.map(({ key, guard }) => ({
                key,
                name: nameOf(guard),
                content: (
                  <span className={styles.turn}>
                    {guard === null ? <StateMark state="broken">{nameOf(guard)}</StateMark> : nameOf(guard)}
                    <Button
                      size="small"
                      look="quiet"
                      aria-label={words.rota.takeOut(nameOf(guard))}
                      onClick={() => setTurns(turns.filter((each) => each.key !== key))}
                    >
                      <span aria-hidden="true">✕</span>
                    </Button>
                  </span>
                ),
              }))}
              onOrder={(keys) => setTurns(keys.flatMap((key) => turns.find((turn) => turn.key === key) ?? []))}
            />
          )}
          <div className={styles.add} role="group" aria-label={words.rota.addTurn}>
            <span className={styles.soft}>{words.rota.addTurn}</span>
            {guards.map(({ id, name }) => (
              <Button key={id} size="small" onClick={() => add(id)}>
                + {name}
              </Button>
            ))}
            <Button size="small" look="quiet" onClick={() => add(null)}>
              + {words.rota.nobodysTurn}
            </Button>
          </div>
        </div>
        <RadioGroup
          label={words.rota.every}
          name="every"
          value={every}
          onChange={(value) => setEvery(value === 'day' ? 'day' : 'week')}
          options={[
            { value: 'week', label: words.rota.week },
            { value: 'day', label: words.rota.day },
          ]}
        />
        <div className={styles.pair}>
          <Input
            label={words.rota.firstTurn.label}
            hint={words.rota.firstTurn.hint}
            name="firstTurn"
            type="date"
            value={firstTurn}
            onChange={setFirstTurn}
          />
          <Input
            label={words.rota.handover.label}
            hint={words.rota.handover.hint}
            name="handover"
            type="time"
            value={handover}
            onChange={setHandover}
          />
        </div>
        <Select
          label={words.rota.timeZone}
          name="timeZone"
          value={timeZone}
          onChange={setTimeZone}
          options={[...new Set([timeZone, ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
            value: zone,
            label: zone,
          }))}
        />
        <Preview
          rota={{ timeZone, every, handover, firstTurn, guards: turns.map(({ guard }) => guard) }}
          nameOf={nameOf}
        />
      </Form>
    </Dialog>
  );
}

/** The coming weeks by what is filled in, without those who stand in: by the same rule as the house's. */
function Preview({ rota, nameOf }: { rota: Rota; nameOf: (guard: string) => string }) {
  const words = useWords(dutyWords);
  const now = useNow();
  const key = JSON.stringify(rota);
  const spans = useMemo(
    () => spansOf(rota, now),
    // oxlint-disable-next-line react/exhaustive-deps -- the key says whether anything of the rota changed
    [key, now],
  );
  if (spans.length === 0 || rota.guards.length === 0) return null;
  return (
    <section aria-label={words.rota.preview}>
      <h3>{words.rota.preview}</h3>
      <DutyCalendar
        label={words.rota.preview}
        spans={spans}
        from={now}
        weeks={previewWeeks}
        timeZone={rota.timeZone}
        nameOf={nameOf}
      />
    </section>
  );
}

/** Empty while something that was filled in makes no sense, such as a date half typed. */
function spansOf(rota: Rota, now: number): DutySpan[] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(rota.firstTurn) || !/^\d{2}:\d{2}$/.test(rota.handover)) return [];
  return spansBetween(rota, [], new Date(now), new Date(now + previewWeeks * weekMs)).map(
    ({ from, to, guard }): DutySpan => ({ from: from.getTime(), to: to.getTime(), guard, isOverride: false }),
  );
}
