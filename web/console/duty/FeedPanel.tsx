import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { CopyField } from '../../ui/Copy.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import { dutyChanged } from './duty-changed.ts';
import styles from './Duty.module.css';
import { dutyWords } from './words.ts';

/** The rota in any calendar: its address is a secret, shown once. */
export function FeedPanel({ hasFeed, isOperator }: { hasFeed: boolean; isOperator: boolean }) {
  const words = useWords(dutyWords).feed;
  const [isOpen, setOpen] = useState(false);
  const make = useMutation(
    api.oncall.makeCalendar.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        await dutyChanged();
      },
    }),
  );
  const end = useMutation(
    api.oncall.revokeCalendar.mutationOptions({
      onSuccess: async () => {
        make.reset();
        toast(words.ended);
        await dutyChanged();
      },
    }),
  );
  if (!isOperator && !hasFeed) return null;
  return (
    <Panel title={words.title}>
      <div className={styles.stack}>
        <p className={styles.soft}>{words.about}</p>
        {make.data ? (
          <>
            <CopyField label={words.address} value={make.data.url} />
            <p>{words.once}</p>
          </>
        ) : (
          <p>{hasFeed ? words.exists : words.none}</p>
        )}
        {isOperator && (
          <div className={styles.row}>
            {hasFeed ? (
              <AlertDialog
                title={words.againTitle}
                confirm={words.again}
                look="primary"
                open={isOpen}
                onOpenChange={setOpen}
                working={make.isPending}
                error={make.error}
                onConfirm={() => make.mutate(undefined)}
                trigger={<Button size="small">{words.again}</Button>}
              >
                {words.againWhy}
              </AlertDialog>
            ) : (
              <Button size="small" working={make.isPending} onClick={() => make.mutate(undefined)}>
                {words.make}
              </Button>
            )}
            {hasFeed && (
              <Button size="small" look="quiet" working={end.isPending} onClick={() => end.mutate(undefined)}>
                {words.end}
              </Button>
            )}
          </div>
        )}
        {(make.error ?? end.error) && !isOpen && <ErrorNote error={make.error ?? end.error} />}
      </div>
    </Panel>
  );
}
