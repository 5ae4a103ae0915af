import { useMutation } from '@tanstack/react-query';
import { api, queryClient } from '../../api.ts';
import { useFresh } from '../../sign-in/Confirm.tsx';
import { useTold } from '../../sign-in/error-words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { afterSending, type HandOver } from './LinkDialog.tsx';
import { RoleFields, roleOf } from './RoleFields.tsx';
import { peopleWords } from './words.ts';

interface InviteDialogProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onHandOver: (link: HandOver) => void;
}

export function InviteDialog({ isOpen, onOpenChange, onHandOver }: InviteDialogProps) {
  const words = useWords(peopleWords);
  const language = useLanguage();
  const fresh = useFresh();
  const invite = useMutation({
    ...api.people.invite.mutationOptions(),
    onSuccess: async (sent, { email }) => {
      onOpenChange(false);
      afterSending(sent, email, words.sent(email), onHandOver);
      await queryClient.invalidateQueries({ queryKey: api.people.key() });
    },
    onError: (error, input) => fresh.ask(error, () => invite.mutate(input)),
  });
  const error = useTold(invite.error);
  return (
    <>
      <Dialog
        title={words.form.title}
        description={words.form.below}
        open={isOpen}
        onOpenChange={(open) => {
          invite.reset();
          onOpenChange(open);
        }}
      >
        <Form
          onSubmit={(values) => {
            const name = values.text('name');
            invite.mutate({
              email: values.text('email'),
              ...(name === '' ? {} : { name }),
              ...roleOf(values),
              language: values.text('language') === 'en' ? 'en' : 'nl',
            });
          }}
          error={error}
          errorFields={{ 'email-taken': 'email', 'invited-already': 'email', 'customer-needed': 'customer' }}
          submit={words.form.send}
          working={invite.isPending}
        >
          <Input label={words.form.email} name="email" type="email" autoComplete="off" spellCheck={false} />
          <Input label={words.form.name} name="name" autoComplete="off" maxLength={100} optional />
          <RoleFields role="customer" />
          <Select
            label={words.form.language}
            name="language"
            defaultValue={language}
            options={[
              { value: 'nl', label: words.languages.nl },
              { value: 'en', label: words.languages.en },
            ]}
          />
        </Form>
      </Dialog>
      {fresh.dialog}
    </>
  );
}
