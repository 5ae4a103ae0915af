import type { Client } from '../../api.ts';
import { api, queryClient } from '../../api.ts';
import { errorInWords, thrownInWords } from '../../errors.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { todayWords } from './words.ts';

type Asked = Awaited<ReturnType<Client['overview']['backUp']>>;

/** What is told of backups that were asked for, and what is read anew; for `mutationOptions`. */
export function useTellBackups() {
  const words = useWords(todayWords);
  const language = useLanguage();
  return {
    onSuccess: (asked: Asked): void => {
      const refused = asked.flatMap(({ error }) => (error ? [error] : []));
      const started = asked.length - refused.length;
      if (started > 0) toast(words.started(started), { tone: 'well' });
      const [first] = refused;
      if (first) {
        const { sentence } = errorInWords({ ...first, status: 409, retryable: false, details: {} }, language);
        toast(words.notStarted(refused.length, sentence), { tone: 'broken' });
      }
      void queryClient.invalidateQueries({ queryKey: api.overview.key() });
    },
    onError: (thrown: unknown): void => {
      const { sentence, nextStep } = thrownInWords(thrown, language);
      toast(`${sentence} ${nextStep}`, { tone: 'broken' });
    },
  };
}
