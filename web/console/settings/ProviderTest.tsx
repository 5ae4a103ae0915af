import { useMutation } from '@tanstack/react-query';
import type { ProviderView } from '../../../src/messages/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { alarmWords } from './alarm-words.ts';
import { providersChanged } from './providers-changed.ts';
import styles from './Settings.module.css';

/** Sends one message now and tells what the provider said. */
export function ProviderTest({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const words = useWords(alarmWords).channels;
  const language = useLanguage();
  const test = useMutation(api.messages.test.mutationOptions({ onSuccess: providersChanged }));
  const { data } = test;
  return (
    <Dialog title={words.testTitle(provider.name)} open onOpenChange={(open) => !open && onClose()}>
      <Form
        submit={words.testSend}
        working={test.isPending}
        error={test.error}
        onSubmit={(values) => test.mutate({ provider: provider.id, to: values.text('to'), language })}
      >
        <Input
          label={words.testTo.label}
          hint={words.testTo.hint}
          name="to"
          defaultValue={provider.canaryTo ?? ''}
          autoComplete="tel"
        />
        <div aria-live="polite">
          {data && (
            <div className={styles.outcome}>
              <StateMark state={data.ok ? 'well' : data.state === 'unknown' ? 'unsure' : 'broken'}>
                {data.ok
                  ? words.tested(`${numberInWords(data.ms, language)} ms`)
                  : (data.problem?.says[language] ?? words.testOpen)}
              </StateMark>
              {data.problem && <p className={styles.soft}>{data.problem.next[language]}</p>}
              {data.said !== null && (
                <p className={styles.soft}>
                  {words.said}: <q>{data.said}</q>
                </p>
              )}
            </div>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
