import { useState } from 'react';
import type { Guard, RotaView } from '../../../src/oncall/contract.ts';
import { api, type Client } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import type { DutySpan } from './calendar-weeks.ts';
import { DutyCalendar } from './DutyCalendar.tsx';
import { dutyChanged } from './duty-changed.ts';
import styles from './Duty.module.css';
import { OverrideDialog } from './OverrideDialog.tsx';
import { RotaDialog } from './RotaDialog.tsx';
import { SwapDialog } from './SwapDialog.tsx';
import { dutyWords } from './words.ts';

export type Plan = Awaited<ReturnType<Client['oncall']['plan']>>;
export type PlanSpan = Plan['rotas'][number]['spans'][number];

export function toDutySpan({ from, to, guard, why }: PlanSpan): DutySpan {
  return { from: Date.parse(from), to: Date.parse(to), guard: guard?.id ?? null, isOverride: why === 'override' };
}

interface RotaPanelProps {
  rota: RotaView;
  /** Which line it is, from 0. */
  nth: number;
  plan: Plan;
  guards: readonly Guard[];
  weeks: number;
  isOperator: boolean;
  onMore: () => void;
}

/** One rota as weeks, with what can be changed in it. */
export function RotaPanel({ rota, nth, plan, guards, weeks, isOperator, onMore }: RotaPanelProps) {
  const words = useWords(dutyWords);
  const language = useLanguage();
  const now = useNow();
  const [open, setOpen] = useState<'change' | 'override' | 'swap'>();
  const spans = plan.rotas.find((each) => each.rota.id === rota.id)?.spans ?? [];
  const names = new Map(guards.map(({ id, name }) => [id, name]));
  for (const { guard } of spans) if (guard) names.set(guard.id, guard.name);
  const close = (): void => setOpen(undefined);
  return (
    <Panel
      title={words.calendar.title(rota.name)}
      note={words.rota.line(nth)}
      actions={
        <>
          <Button size="small" onClick={() => setOpen('override')}>
            {words.override.add}
          </Button>
          <Button size="small" onClick={() => setOpen('swap')}>
            {words.override.swap}
          </Button>
          {isOperator && (
            <>
              <Button size="small" look="quiet" onClick={() => setOpen('change')}>
                {words.rota.change}
              </Button>
              <RemoveRota rota={rota} />
            </>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.soft}>
          {words.rota.handsOver(rota.every, handoverInWords(rota, language), rota.timeZone)} {words.calendar.legend}
        </p>
        <DutyCalendar
          label={words.calendar.title(rota.name)}
          spans={spans.map(toDutySpan)}
          from={now}
          weeks={weeks}
          timeZone={rota.timeZone}
          nameOf={(guard) => names.get(guard) ?? guard}
        />
        {weeks < 26 && (
          <div>
            <Button size="small" look="quiet" onClick={onMore}>
              {words.calendar.more}
            </Button>
          </div>
        )}
      </div>
      {open === 'change' && <RotaDialog rota={rota} guards={guards} onClose={close} />}
      {open === 'override' && <OverrideDialog rota={rota} guards={guards} spans={spans} onClose={close} />}
      {open === 'swap' && <SwapDialog rota={rota} spans={spans} onClose={close} />}
    </Panel>
  );
}

/** `09:00`, or with a weekly rota `vrijdag om 09:00`. */
function handoverInWords({ every, handover, firstTurn }: RotaView, language: 'nl' | 'en'): string {
  if (every === 'day') return handover;
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(`${firstTurn}T12:00:00Z`),
  );
  return `${day} ${handover}`;
}

function RemoveRota({ rota }: { rota: RotaView }) {
  const words = useWords(dutyWords).rota;
  return (
    <RemoveButton
      label={words.remove}
      title={words.removeTitle(rota.name)}
      why={words.removeWhy}
      done={words.removed}
      remove={() => api.oncall.removeRota.call({ rota: rota.id })}
      onRemoved={dutyChanged}
    />
  );
}
