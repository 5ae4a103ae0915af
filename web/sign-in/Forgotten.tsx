import { useMutation } from '@tanstack/react-query';
import { Button } from '../ui/Button.tsx';
import { Form } from '../ui/Form.tsx';
import { Input } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { callAuth } from './call-auth.ts';
import { useTold } from './error-words.ts';
import { signInWords } from './words.ts';

/** A mail with a link to choose a new password; what is answered is the same for every address. */
export function Forgotten({ onBack }: { onBack: () => void }) {
  const words = useWords(signInWords);
  const send = useMutation({ mutationFn: (email: string) => callAuth('/entry/forgot', { email }) });
  const error = useTold(send.error);
  const back = (
    <Button look={send.data ? 'plain' : 'quiet'} onClick={onBack}>
      {words.back}
    </Button>
  );
  if (send.data) {
    const { sentHeading, sent, noMailHeading, noMail } = words.forgotten;
    return (
      <>
        <Sentence key="sent" below={send.data.mail ? sent(send.variables ?? '') : noMail}>
          {send.data.mail ? sentHeading : noMailHeading}
        </Sentence>
        <div>{back}</div>
      </>
    );
  }
  return (
    <>
      <Sentence below={words.forgotten.below}>{words.forgotten.heading}</Sentence>
      <Form
        onSubmit={(values) => send.mutate(values.text('email'))}
        error={error}
        submit={words.forgotten.button}
        working={send.isPending}
        actions={back}
      >
        <Input label={words.email} name="email" type="email" autoComplete="username" autoFocus spellCheck={false} />
      </Form>
    </>
  );
}
