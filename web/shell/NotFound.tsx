import { EmptyState } from '../ui/EmptyState.tsx';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { shellWords } from './words.ts';

export function NotFound() {
  const words = useWords(shellWords);
  return (
    <EmptyState
      heading={<Sentence>{words.notFoundSentence}</Sentence>}
      action={
        <ButtonLink to="/" look="primary">
          {words.toStart}
        </ButtonLink>
      }
    >
      {words.notFoundNext}
    </EmptyState>
  );
}

/** What stands there when a screen itself fails; also when a new version replaced the files it needs. */
export function Crashed({ error }: { error: unknown }) {
  const words = useWords(shellWords);
  return (
    <EmptyState
      heading={<Sentence>{words.crashed}</Sentence>}
      action={
        <Button look="primary" onClick={() => window.location.reload()}>
          {words.reload}
        </Button>
      }
    >
      {words.crashedNext} {import.meta.env.DEV && <code>{String(error)}</code>}
    </EmptyState>
  );
}
