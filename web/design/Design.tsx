import type { ReactNode } from 'react';
import { ConnectionBanner } from '../shell/ConnectionBanner.tsx';
import { shellWords } from '../shell/words.ts';
import { ViewChoices } from '../shell/ViewChoices.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Actions, States, Tokens } from './Basics.tsx';
import { Fields } from './Fields.tsx';
import { Lists, Work } from './Lists.tsx';
import { Empties, Figures, Takeaways } from './Rest.tsx';
import { Popups } from './Popups.tsx';
import { Watching } from './Watching.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

const parts: Record<keyof ReturnType<typeof designWords>['sections'], () => ReactNode> = {
  tokens: Tokens,
  actions: Actions,
  states: States,
  fields: Fields,
  popups: Popups,
  lists: Lists,
  work: Work,
  watching: Watching,
  figures: Figures,
  empties: Empties,
  code: Takeaways,
};

/** Every component with every state; what a change to one looks like is seen here first. */
export function Design() {
  const words = useWords(designWords);
  const shell = useWords(shellWords);
  return (
    <main className={styles.page}>
      <Sentence below={words.about}>{shell.titles.design}</Sentence>
      <ViewChoices />
      <ConnectionBanner />
      {Object.entries(parts).map(([key, Part]) => (
        <section key={key} className={styles.section} id={key}>
          <h2>{Object.entries(words.sections).find(([name]) => name === key)?.[1]}</h2>
          <Part />
        </section>
      ))}
    </main>
  );
}
