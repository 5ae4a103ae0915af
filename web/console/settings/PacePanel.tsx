import { Form } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useChange, type PartProps } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

const million = 1_000_000;

/** `00:30` of minutes after midnight. */
function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** How much a site may be asked, and when its nights are. */
export function PacePanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const change = useChange();
  const { rate, night } = settings;
  return (
    <Panel title={words.pace.title}>
      <p className={styles.prose}>
        {words.pace.night(clockOf(night.from), clockOf(night.until))}{' '}
        <span className={styles.soft}>{words.pace.nightNote}</span>
      </p>
      <Form
        className={canChange ? styles.form : styles.readOnly}
        onSubmit={(values) => {
          const [bytes, requests] = [Number(values.text('bytes')), Number(values.text('requests'))];
          change.mutate({
            rate: {
              ...(bytes > 0 ? { bytesPerSecond: Math.round(bytes * million) } : {}),
              ...(requests > 0 ? { requestsPerSecond: requests } : {}),
            },
          });
        }}
        error={change.error}
        submit={words.save}
        working={change.isPending}
      >
        <Input
          label={words.pace.bytes}
          name="bytes"
          type="number"
          min={0.01}
          max={10_000}
          step={0.01}
          optional
          defaultValue={rate.bytesPerSecond === undefined ? '' : String(rate.bytesPerSecond / million)}
          hint={words.pace.bytesHint}
          disabled={!canChange}
        />
        <Input
          label={words.pace.requests}
          name="requests"
          type="number"
          min={0.1}
          max={1000}
          step={0.1}
          optional
          defaultValue={rate.requestsPerSecond === undefined ? '' : String(rate.requestsPerSecond)}
          hint={words.pace.requestsHint}
          disabled={!canChange}
        />
      </Form>
    </Panel>
  );
}
