import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { chooseLanguage } from '../shell/language.ts';
import { chooseTheme } from '../shell/theme.ts';
import { Form } from '../ui/Form.tsx';
import { Input, Select } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Panel } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { useTold } from '../sign-in/error-words.ts';
import { accountChanged, type Me } from './changed.ts';
import { accountWords } from './words.ts';

/** Name, language and appearance: kept with the account, so they hold on every device. */
export function ProfilePanel({ me }: { me: Me }) {
  const all = useWords(accountWords);
  const words = all.profile;
  const save = useMutation({
    ...api.account.change.mutationOptions(),
    onSuccess: async ({ language, theme }) => {
      if (language) chooseLanguage(language);
      chooseTheme(theme ?? 'system');
      toast(words.saved, { tone: 'well' });
      await accountChanged();
    },
  });
  const error = useTold(save.error);
  return (
    <Panel title={words.title}>
      <Form
        onSubmit={(values) => {
          const language = values.text('language');
          const theme = values.text('theme');
          save.mutate({
            name: values.text('name'),
            language: language === 'nl' || language === 'en' ? language : null,
            theme: theme === 'light' || theme === 'dark' ? theme : null,
          });
        }}
        error={error}
        submit={words.save}
        working={save.isPending}
      >
        <Input label={words.name} name="name" defaultValue={me.name} autoComplete="name" maxLength={100} />
        <Select
          label={words.language}
          name="language"
          defaultValue={me.language ?? 'browser'}
          options={[
            { value: 'browser', label: words.browser },
            { value: 'nl', label: all.languages.nl },
            { value: 'en', label: all.languages.en },
          ]}
        />
        <Select
          label={words.theme}
          name="theme"
          defaultValue={me.theme ?? 'system'}
          options={[
            { value: 'system', label: all.themes.system },
            { value: 'light', label: all.themes.light },
            { value: 'dark', label: all.themes.dark },
          ]}
        />
      </Form>
    </Panel>
  );
}
