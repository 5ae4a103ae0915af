import { Code } from '../../ui/Copy.tsx';
import { Form } from '../../ui/Form.tsx';
import { Textarea } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useChange, type PartProps } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

/** What backups leave out at every site: our list, and the agency's own. */
export function ExcludesPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const change = useChange();
  const { builtInWhy } = words.excludes;
  return (
    <Panel title={words.excludes.title} note={words.excludes.note}>
      <Form
        className={canChange ? styles.form : styles.readOnly}
        onSubmit={(values) => {
          const lines = values.text('excludes').split('\n');
          change.mutate({ excludes: lines.map((line) => line.trim()).filter((line) => line !== '') });
        }}
        error={change.error}
        submit={words.save}
        working={change.isPending}
      >
        <Textarea
          label={words.excludes.own}
          name="excludes"
          optional
          rows={4}
          defaultValue={settings.excludes.join('\n')}
          hint={words.excludes.ownHint}
          disabled={!canChange}
        />
      </Form>
      <details className={styles.details}>
        <summary>{words.excludes.builtIn}</summary>
        <ul className={styles.patterns}>
          {settings.builtInExcludes.map(({ pattern, why }) => (
            <li key={pattern}>
              <Code>{pattern.replace('<content>', 'wp-content')}</Code>{' '}
              <span className={styles.soft}>{builtInWhy[why] ?? why}</span>
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  );
}
