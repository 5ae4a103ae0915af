import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Now } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { shellWords } from '../../shell/words.ts';
import styles from './Duty.module.css';
import { FeedPanel } from './FeedPanel.tsx';
import { GuardsPanel } from './GuardsPanel.tsx';
import { OverridesPanel } from './OverridesPanel.tsx';
import { PolicyPanel } from './PolicyPanel.tsx';
import { RotaDialog } from './RotaDialog.tsx';
import { RotaPanel } from './RotaPanel.tsx';
import { dutyWords } from './words.ts';

/** Who is on duty now and in the coming weeks, who can be, and how they are woken. */
export function Duty() {
  const words = useWords(dutyWords);
  const { titles } = useWords(shellWords);
  const isOperator = useAccount()?.role !== 'guard';
  const [isAdding, setAdding] = useState(false);
  const [weeks, setWeeks] = useState(6);
  const now = useQuery({ ...api.oncall.now.queryOptions(), refetchInterval: 60_000 });
  const plan = useQuery({ ...api.oncall.plan.queryOptions({ input: { weeks } }), placeholderData: (before) => before });
  const guards = useQuery(api.oncall.guards.queryOptions());
  const rotas = useQuery(api.oncall.rotas.queryOptions());
  const all = [now, plan, guards, rotas];
  const failed = all.find((each) => each.error !== null && each.data === undefined);
  if (failed) {
    return <ErrorNote error={failed.error} onRetry={() => void Promise.all(all.map((each) => each.refetch()))} />;
  }
  if (!now.data || !plan.data || !guards.data || !rotas.data) {
    return (
      <>
        <Sentence>{titles.duty}</Sentence>
        <Skeleton block lines={4} />
      </>
    );
  }
  return (
    <>
      <Headline now={now.data} hasRota={rotas.data.length > 0} />
      {rotas.data.length === 0 && (
        <EmptyState
          heading={null}
          action={
            isOperator && guards.data.length > 0 ? (
              <Button look="primary" onClick={() => setAdding(true)}>
                {words.rota.addTitle}
              </Button>
            ) : undefined
          }
        >
          {words.noRotaBelow}
        </EmptyState>
      )}
      <div className={styles.panels}>
        {rotas.data.map((rota, nth) => (
          <RotaPanel
            key={rota.id}
            rota={rota}
            nth={nth}
            plan={plan.data}
            guards={guards.data}
            weeks={weeks}
            isOperator={isOperator}
            onMore={() => setWeeks(Math.min(26, weeks + 6))}
          />
        ))}
        {plan.data.overrides.length > 0 && <OverridesPanel overrides={plan.data.overrides} />}
        <GuardsPanel guards={guards.data} isOperator={isOperator} />
        <PolicyPanel rotas={rotas.data} isOperator={isOperator} />
        <FeedPanel hasFeed={now.data.calendar} isOperator={isOperator} />
        {isOperator && rotas.data.length > 0 && (
          <div>
            <Button onClick={() => setAdding(true)}>{words.rota.add}</Button>
          </div>
        )}
      </div>
      {isAdding && <RotaDialog guards={guards.data} onClose={() => setAdding(false)} />}
    </>
  );
}

function Headline({ now, hasRota }: { now: Now; hasRota: boolean }) {
  const words = useWords(dutyWords);
  const { titles } = useWords(shellWords);
  const language = useLanguage();
  const at = useNow();
  const { order, next, holes, withoutPhone } = now;
  const [first] = order;
  const when = (moment: string): string => shortly(new Date(moment), at, { language });
  const [hole] = holes;
  return (
    <Sentence
      ask={
        hole && hasRota ? (
          <StateMark state="broken">
            {holes.length === 1 ? words.hole(when(hole.from), when(hole.to)) : words.holes(holes.length)}
          </StateMark>
        ) : undefined
      }
      below={
        <>
          {first && (next ? words.next(next.guard.name, when(next.from)) : words.nextNobody)}
          {withoutPhone.map(({ id, name }) => (
            <div key={id}>
              <StateMark state="broken">{words.noPhone(name)}</StateMark>
            </div>
          ))}
        </>
      }
      actions={<ButtonLink to="/duty/mine">{titles.myDuty}</ButtonLink>}
    >
      {first
        ? words.onDuty(first.guard.name, first.until === null ? undefined : when(first.until))
        : hasRota
          ? words.nobody
          : words.noRota}
    </Sentence>
  );
}
