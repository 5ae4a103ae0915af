import { shellWords } from '../../shell/words.ts';
import { useWords } from '../../ui/language.tsx';
import { Sentence } from '../../ui/Sentence.tsx';

export function Incidents() {
  const words = useWords(shellWords);
  return <Sentence below={words.comingSoon}>{words.titles.incidents}</Sentence>;
}
