import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MySiteInFull } from '../../src/portal/contract.ts';
import { api, queryClient } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { Select, Textarea } from '../ui/Input.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateOnly, timeOnly } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Portal.module.css';
import { portalWords } from './words.ts';

/** The way to ask; while something waits, it says so instead. */
export function AskRestore({ site }: { site: MySiteInFull }) {
  const words = useWords(portalWords);
  const [isOpen, setOpen] = useState(false);
  const waits = site.requests.some(({ state }) => state === 'open' || state === 'accepted');
  if (site.moments.count === 0 && !waits) return null;
  return (
    <Panel title={words.ask} tone="work" className={styles.ask}>
      <p>{waits ? words.waits : words.askBelow}</p>
      {!waits && (
        <Button look="primary" onClick={() => setOpen(true)}>
          {words.askButton}
        </Button>
      )}
      <Dialog title={words.form.title} description={words.form.below} open={isOpen} onOpenChange={setOpen}>
        <AskForm site={site.id} onSent={() => setOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function AskForm({ site, onSent }: { site: string; onSent: () => void }) {
  const words = useWords(portalWords);
  const language = useLanguage();
  const [day, setDay] = useState('');
  const moments = useQuery(api.portal.snapshots.queryOptions({ input: { site, limit: 2000 } }));
  const usable = (moments.data ?? []).filter((each) => each.usable).map((each) => each.at);
  const days = new Map<string, string[]>();
  for (const at of usable) {
    const name = dateOnly(new Date(at), { language });
    days.set(name, [...(days.get(name) ?? []), at]);
  }
  const ask = useMutation({
    ...api.portal.askRestore.mutationOptions(),
    onSuccess: async () => {
      onSent();
      toast(words.sent, { tone: 'well' });
      await queryClient.invalidateQueries({ queryKey: api.portal.key() });
    },
  });
  const times = days.get(day) ?? [];
  return (
    <Form
      onSubmit={(values) => {
        const [newest] = times;
        const chosen = values.text('time');
        ask.mutate({ site, moment: newest === undefined ? null : chosen || newest, note: values.text('note') });
      }}
      error={ask.error}
      errorFields={{ 'moment-not-kept': 'time' }}
      submit={words.form.send}
      working={ask.isPending}
    >
      <Select
        label={words.form.day}
        name="day"
        value={day}
        onChange={setDay}
        placeholder={words.form.leaveToUs}
        options={[...days.keys()].map((name) => ({ value: name, label: name }))}
        optional
      />
      {times.length > 1 && (
        <Select
          key={day}
          label={words.form.time}
          name="time"
          options={times.map((at) => ({ value: at, label: timeOnly(new Date(at), { language }) }))}
        />
      )}
      <Textarea label={words.form.note} name="note" hint={words.form.noteHint} rows={4} maxLength={2000} optional />
    </Form>
  );
}
