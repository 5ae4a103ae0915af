import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AlertDialog } from './AlertDialog.tsx';
import { Button } from './Button.tsx';
import { toast } from './toast.ts';

/** A quiet button that takes something away after a question which says what follows. */
export function RemoveButton({
  label,
  title,
  why,
  done,
  remove,
  onRemoved,
}: {
  label: string;
  title: string;
  why: string;
  /** Told afterwards. */
  done: string;
  remove: () => Promise<unknown>;
  /** Looks again at what is left. */
  onRemoved: () => Promise<void>;
}) {
  const [isOpen, setOpen] = useState(false);
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      setOpen(false);
      toast(done);
      await onRemoved();
    },
  });
  return (
    <AlertDialog
      title={title}
      confirm={label}
      open={isOpen}
      onOpenChange={setOpen}
      working={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
      trigger={
        <Button size="small" look="quiet">
          {label}
        </Button>
      }
    >
      {why}
    </AlertDialog>
  );
}
