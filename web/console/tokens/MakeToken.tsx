import { useMutation } from '@tanstack/react-query';
import { api, queryClient } from '../../api.ts';
import { useFresh } from '../../sign-in/Confirm.tsx';
import { useTold } from '../../sign-in/error-words.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { CodeBlock, CopyField } from '../../ui/Copy.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import styles from './Tokens.module.css';
import { tokensWords } from './words.ts';

const scopes = ['read', 'operate', 'admin'] as const;
const terms = ['30', '90', '365', '0'] as const;

/** Asks what it is for, then shows the token: once, and only here. */
export function MakeToken({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const words = useWords(tokensWords);
  const fresh = useFresh();
  const make = useMutation({
    ...api.tokens.create.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.tokens.key() }),
    onError: (error, input) => fresh.ask(error, () => make.mutate(input)),
  });
  const error = useTold(make.error);
  const made = make.data;
  const close = () => {
    onOpenChange(false);
    make.reset();
  };
  return (
    <>
      <Dialog
        title={made ? words.once.title(made.name) : words.form.title}
        description={made ? words.once.below : words.form.below}
        open={isOpen}
        onOpenChange={(open) => (open ? onOpenChange(true) : close())}
        {...(made && {
          actions: (
            <Button look="primary" onClick={close}>
              {words.once.ready}
            </Button>
          ),
        })}
      >
        {made ? (
          <div className={styles.once}>
            <CopyField label={words.once.label} value={made.secret} />
            <p className={styles.soft}>{words.once.how}</p>
            <CodeBlock copies={false}>Authorization: Bearer nw_…</CodeBlock>
          </div>
        ) : (
          <Form
            onSubmit={(values) => {
              const scope = scopes.find((each) => each === values.text('scope')) ?? 'read';
              const days = Number(values.text('days'));
              make.mutate({ name: values.text('name'), scope, days: days === 0 ? null : days });
            }}
            error={error}
            submit={words.make}
            working={make.isPending}
          >
            <Input
              label={words.form.name}
              name="name"
              hint={words.form.nameHint}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
            />
            <RadioGroup
              label={words.form.scope}
              name="scope"
              defaultValue="read"
              options={scopes.map((each) => ({
                value: each,
                label: words.scopes[each],
                hint: words.scopeHints[each],
              }))}
            />
            <Select
              label={words.form.days}
              name="days"
              defaultValue="365"
              options={terms.map((each) => ({ value: each, label: words.days[each] }))}
            />
          </Form>
        )}
      </Dialog>
      {fresh.dialog}
    </>
  );
}
