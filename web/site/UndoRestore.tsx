import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Restore } from '../../src/backups/restore/contract.ts';
import { api } from '../api.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { toast } from '../ui/toast.ts';
import { siteWords } from './words.ts';

/** Takes a restore back, after a question; then shows the work of it. */
export function UndoRestore({ site, restore, small }: { site: string; restore: Restore; small?: boolean }) {
  const words = useWords(siteWords).history;
  const language = useLanguage();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const undo = useMutation(
    api.restores.undo.mutationOptions({
      onSuccess: ({ runId }) => {
        setOpen(false);
        toast(words.undoAsked);
        return navigate({ to: '/sites/$site/restore', params: { site }, search: { run: runId } });
      },
    }),
  );
  return (
    <AlertDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size={small ? 'small' : 'normal'}>{words.undo}</Button>}
      title={words.undoTitle}
      confirm={words.undo.replace('…', '')}
      working={undo.isPending}
      error={undo.error}
      onConfirm={() => undo.mutate({ site, restore: restore.id })}
    >
      {words.undoText(dateAndTime(new Date(restore.requestedAt), { language }))}
    </AlertDialog>
  );
}
