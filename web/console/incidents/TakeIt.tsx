import { useMutation } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { thrownInWords } from '../../errors.ts';
import { Button, type ButtonProps } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import { incidentsChanged } from './follow-incidents.ts';
import { whoInWords } from './incident-facts.ts';
import { incidentScreenWords } from './words.ts';

interface TakeItProps extends Pick<ButtonProps, 'look' | 'wide' | 'className' | 'size'> {
  incident: string;
}

/** 'I take it': the first one counts; who comes later is told by whom. */
export function TakeIt({ incident, ...look }: TakeItProps) {
  const words = useWords(incidentScreenWords).one;
  const language = useLanguage();
  const take = useMutation(
    api.incidents.acknowledge.mutationOptions({
      onSuccess: async ({ taken, by }) => {
        toast(taken ? words.tookIt : words.tooLate(whoInWords(by, language)), { tone: taken ? 'well' : 'plain' });
        await incidentsChanged();
      },
      onError: (error) => toast(thrownInWords(error, language).sentence, { tone: 'broken' }),
    }),
  );
  return (
    <Button {...look} working={take.isPending} onClick={() => take.mutate({ incident })}>
      {words.take}
    </Button>
  );
}
