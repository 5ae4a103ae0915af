import { useMutation } from '@tanstack/react-query';
import type { Token } from '../../../src/identity/contract.ts';
import { api, queryClient } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { tokensWords } from './words.ts';

export function RevokeToken({ token: { id, name } }: { token: Token }) {
  const words = useWords(tokensWords);
  const revoke = useMutation({
    ...api.tokens.revoke.mutationOptions(),
    onSuccess: async () => {
      toast(words.revoked(name));
      await queryClient.invalidateQueries({ queryKey: api.tokens.key() });
    },
  });
  return (
    <AlertDialog
      title={words.revokeTitle(name)}
      confirm={words.revoke}
      onConfirm={() => revoke.mutate({ token: id })}
      working={revoke.isPending}
      error={revoke.error}
      trigger={
        <Button size="small" aria-label={words.revokeOf(name)}>
          {words.revoke}
        </Button>
      }
    >
      {words.revokeBelow}
    </AlertDialog>
  );
}
