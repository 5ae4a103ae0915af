import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { WatchedSite } from '../../../src/monitoring/contract.ts';
import { api, queryClient, type Client } from '../../api.ts';
import { AlertDialog } from '../../ui/AlertDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Switch } from '../../ui/Choices.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select, Textarea } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { dateOnly } from '../../ui/moment-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

const intervals = [20_000, 30_000, 60_000, 120_000, 300_000];

/** How the site is looked at: what was learnt, and what a person set instead. */
export function WatchSettings({ seen }: { seen: WatchedSite }) {
  const words = useWords(availabilityWords).settings;
  const [isEditing, setEditing] = useState(false);
  const change = useMutation(
    api.monitoring.change.mutationOptions({
      onSuccess: async (now, input) => {
        toast(input.learnAnew ? words.learning : words.saved, { tone: 'well' });
        setEditing(false);
        queryClient.setQueryData(api.monitoring.site.queryKey({ input: { site: seen.site.id } }), now);
        await queryClient.invalidateQueries({ queryKey: api.monitoring.sites.key() });
      },
    }),
  );
  const site = seen.site.id;
  return (
    <Panel title={words.title}>
      <div className={styles.gaps}>
        <Switch
          label={words.on}
          hint={words.onHint}
          name="enabled"
          checked={seen.settings.enabled}
          onChange={(enabled) => change.mutate({ site, enabled })}
        />
        {isEditing ? (
          <Editor
            seen={seen}
            working={change.isPending}
            error={change.error}
            onCancel={() => setEditing(false)}
            onSave={(input) => change.mutate({ site, ...input })}
          />
        ) : (
          <>
            {change.error && <ErrorNote error={change.error} />}
            <Shown seen={seen} />
            <div className={styles.choice}>
              <Button size="small" onClick={() => setEditing(true)}>
                {words.change}
              </Button>
              <AlertDialog
                title={words.learnAnewTitle}
                confirm={words.learnAnew}
                look="primary"
                onConfirm={() => change.mutate({ site, learnAnew: true })}
                working={change.isPending}
                trigger={
                  <Button size="small" look="quiet">
                    {words.learnAnew}
                  </Button>
                }
              >
                {words.learnAnewText}
              </AlertDialog>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

function Shown({ seen }: { seen: WatchedSite }) {
  const words = useWords(availabilityWords).settings;
  const language = useLanguage();
  const { learnt, settings } = seen;
  const since = learnt.since === null ? undefined : dateOnly(new Date(learnt.since), { language });
  const keyword =
    settings.keyword !== null
      ? `“${settings.keyword}”. ${words.keywordSet}`
      : learnt.keyword === null
        ? words.keywordLearning(learnt.from, learnt.needs)
        : words.keywordLearnt(learnt.keyword, since);
  const hosts = [...learnt.hosts, ...settings.extraHosts];
  return (
    <DefinitionList
      items={[
        { key: 'interval', term: words.interval, value: words.intervals(settings.intervalMs) },
        { key: 'keyword', term: words.keyword, value: keyword },
        {
          key: 'status',
          term: words.status,
          value: settings.expectedStatus ?? (learnt.status === null ? '–' : words.statusLearnt(String(learnt.status))),
        },
        { key: 'hosts', term: words.hosts, value: hosts.length === 0 ? '–' : hosts.join(', ') },
      ]}
    />
  );
}

type Change = Omit<Parameters<Client['monitoring']['change']>[0], 'site'>;

interface EditorProps {
  seen: WatchedSite;
  working: boolean;
  error: unknown;
  onCancel: () => void;
  onSave: (change: Change) => void;
}

function Editor({ seen, working, error, onCancel, onSave }: EditorProps) {
  const words = useWords(availabilityWords).settings;
  const { settings, learnt } = seen;
  const choices = intervals.includes(settings.intervalMs) ? intervals : [settings.intervalMs, ...intervals];
  return (
    <Form
      submit={words.save}
      working={working}
      error={error}
      actions={
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      }
      onSubmit={(values) => {
        const status = values.text('expectedStatus');
        onSave({
          intervalMs: Number(values.text('intervalMs')),
          keyword: values.text('keyword') || null,
          expectedStatus: status === '' ? null : Number(status),
          extraHosts: values
            .text('extraHosts')
            .split(/[\s,]+/)
            .filter(Boolean),
        });
      }}
    >
      <Select
        label={words.interval}
        name="intervalMs"
        defaultValue={String(settings.intervalMs)}
        options={choices.map((ms) => ({ value: String(ms), label: words.intervals(ms) }))}
      />
      <Input
        label={words.keyword}
        hint={
          learnt.keyword === null
            ? words.keywordHint
            : `${words.keywordLearnt(learnt.keyword, undefined)} ${words.keywordHint}`
        }
        name="keyword"
        optional
        defaultValue={settings.keyword ?? ''}
        maxLength={200}
        spellCheck={false}
      />
      <Input
        label={words.status}
        hint={words.statusHint}
        name="expectedStatus"
        type="number"
        min={100}
        max={599}
        optional
        defaultValue={settings.expectedStatus === null ? '' : String(settings.expectedStatus)}
      />
      <Textarea
        label={words.hosts}
        hint={words.hostsHint}
        name="extraHosts"
        optional
        rows={2}
        defaultValue={settings.extraHosts.join('\n')}
      />
    </Form>
  );
}
