import { useMutation } from '@tanstack/react-query';
import type { SettingsView } from '../../../src/settings/contract.ts';
import { api, queryClient } from '../../api.ts';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { settingsScreenWords } from './words.ts';

export type { SettingsView };

/** What every part of the settings page gets. */
export interface PartProps {
  settings: SettingsView;
  /** The reader is an operator. */
  canChange: boolean;
}

/** Puts what the server says now in the place of what was. */
export function keepSettings(now: SettingsView): void {
  queryClient.setQueryData(api.settings.show.queryKey({ input: {} }), now);
}

/** Changes settings of the house and says that it was done. */
export function useChange() {
  const words = useWords(settingsScreenWords);
  return useMutation(
    api.settings.change.mutationOptions({
      onSuccess: (now) => {
        keepSettings(now);
        toast(words.saved);
      },
    }),
  );
}
