import { useMutation } from '@tanstack/react-query';
import type { Override } from '../../../src/oncall/contract.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { dutyChanged } from './duty-changed.ts';
import styles from './Duty.module.css';
import { dutyWords } from './words.ts';

/** Who stands in for whom in the coming weeks. */
export function OverridesPanel({ overrides }: { overrides: readonly Override[] }) {
  const words = useWords(dutyWords).override;
  const language = useLanguage();
  const now = useNow();
  const remove = useMutation(
    api.oncall.removeOverride.mutationOptions({
      onSuccess: async () => {
        toast(words.removed);
        await dutyChanged();
      },
    }),
  );
  const when = (at: string): string => shortly(new Date(at), now, { language });
  return (
    <Panel title={words.list}>
      <ul className={styles.list}>
        {overrides.map(({ id, guard, rota, from, to, note }) => (
          <li key={id} className={styles.line}>
            <span>
              <StateMark state="work">{words.line(guard.name, when(from), when(to))}</StateMark>{' '}
              <span className={styles.soft}>{[rota.name, note].filter(Boolean).join(' · ')}</span>
            </span>
            <Button
              size="small"
              look="quiet"
              working={remove.isPending && remove.variables.override === id}
              onClick={() => remove.mutate({ override: id })}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {remove.error && <ErrorNote error={remove.error} />}
    </Panel>
  );
}
