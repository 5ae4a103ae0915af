import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntakeView } from '../../../src/intake/contract.ts';
import { client } from '../../api.ts';
import { ButtonAnchor } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input, Password } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './AddSite.module.css';
import { addSiteWords } from './words.ts';

interface Pairing {
  site: string;
  code: string;
  basicAuth?: { user: string; password: string };
}

/** The pairing, and at once what follows it: nobody has to press a button for the first backup. */
async function pair({ site, code, basicAuth }: Pairing) {
  await client.sites.pair({ site, code, ...(basicAuth ? { basicAuth } : {}) });
  return client.intake.begin({ site });
}

/** The plugin in three steps, each with the way there; below it the code. The live state says when the plugin is seen. */
export function PutPlugin({ view }: { view: IntakeView }) {
  const words = useWords(addSiteWords);
  const { site, plugin } = view;
  const [code, setCode] = useState('');
  const [hasFront, setFront] = useState(false);
  const pairing = useMutation({ mutationFn: pair });
  const submit = (values: FormValues) => {
    const basicAuth = { user: values.text('frontUser'), password: values.text('frontPassword') };
    pairing.mutate({ site: site.id, code, ...(hasFront ? { basicAuth } : {}) });
  };
  const seen = {
    ready: <StateMark state="well">{words.plugin.seen}</StateMark>,
    paired: <StateMark state="broken">{words.plugin.paired}</StateMark>,
    absent: <StateMark state="unsure">{words.plugin.waiting}</StateMark>,
    unknown: <StateMark state="unsure">{words.plugin.waiting}</StateMark>,
  }[plugin];
  return (
    <div className={styles.beside}>
      <div>
        <Panel title={words.plugin.title}>
          <ol className={styles.howTo}>
            <li>
              <strong>{words.plugin.download}</strong>
              <p className={styles.next}>{words.plugin.downloadHint}</p>
              <ButtonAnchor href="/connector/nachtwacht-connector.zip" download>
                {words.plugin.download}
              </ButtonAnchor>
            </li>
            <li>
              <strong>{words.plugin.install}</strong>
              <p className={styles.next}>{words.plugin.installHint}</p>
              <Outside href={`${site.url}/wp-admin/plugin-install.php?tab=upload`}>{words.plugin.openInstall}</Outside>
            </li>
            <li>
              <strong>{words.plugin.code}</strong>
              <p className={styles.next}>{words.plugin.codeHint}</p>
              <Outside href={`${site.url}/wp-admin/options-general.php?page=nachtwacht-connector`}>
                {words.plugin.openSettings}
              </Outside>
            </li>
          </ol>
        </Panel>
      </div>
      <div>
        <Panel title={words.pair.title}>
          <p className={styles.seen} aria-live="polite">
            {seen}
          </p>
          <Form
            onSubmit={submit}
            error={pairing.error}
            errorFields={{ 'pairing-refused': 'code', 'pairing-code': 'code' }}
            submit={words.pair.submit}
            working={pairing.isPending}
          >
            <Input
              label={words.pair.code}
              name="code"
              value={code}
              onChange={(typed) => setCode(grouped(typed))}
              hint={words.pair.hint}
              placeholder="ABCDE-FGHJK-MNPQR-STVWX"
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
            />
            <Checkbox
              label={words.pair.front}
              name="hasFront"
              hint={words.pair.frontHint}
              checked={hasFront}
              onChange={setFront}
            />
            {hasFront && (
              <>
                <Input label={words.pair.user} name="frontUser" autoComplete="off" />
                <Password label={words.pair.password} name="frontPassword" autoComplete="off" />
              </>
            )}
          </Form>
        </Panel>
      </div>
    </div>
  );
}

/** In fives with dashes, as the site shows it. */
function grouped(typed: string): string {
  const bare = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  return (bare.match(/.{1,5}/g) ?? []).join('-').slice(0, 30);
}

/** A page of the customer's WordPress, in a window of its own. */
function Outside({ href, children }: { href: string; children: string }) {
  const words = useWords(addSiteWords);
  return (
    <ButtonAnchor href={href} target="_blank" rel="noreferrer" title={words.plugin.opensNewWindow}>
      {children} <span aria-hidden="true">↗</span>
    </ButtonAnchor>
  );
}
