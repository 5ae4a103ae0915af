import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Site } from '../../src/sites/contract.ts';
import { api, queryClient } from '../api.ts';
import { useAccount } from '../shell/account.ts';
import { Button } from '../ui/Button.tsx';
import { RadioGroup, Switch } from '../ui/Choices.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Form } from '../ui/Form.tsx';
import { Input, Textarea } from '../ui/Input.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import styles from './SitePage.module.css';
import { refreshSite } from './WorkBand.tsx';
import { siteWords } from './words.ts';

const plans = ['daily', 'hourly'] as const;

/** How the backups of this site are set: when, what stays, what is left out. Changed by the operator only. */
export function SiteSettings({ site }: { site: Site }) {
  const words = useWords(siteWords).settings;
  const language = useLanguage();
  const account = useAccount();
  const mayChange = account?.role === 'operator' && site.removedAt === null;
  const settings = useQuery(api.backups.settings.queryOptions({ input: { site: site.id } }));
  const saved = async () => {
    toast(words.saved, { tone: 'well' });
    await Promise.all([refreshSite(site.id), queryClient.invalidateQueries({ queryKey: api.backups.settings.key() })]);
  };
  const change = useMutation(api.backups.change.mutationOptions({ onSuccess: saved }));
  const changePlan = useMutation(api.sites.change.mutationOptions({ onSuccess: saved }));
  const [editing, setEditing] = useState<'rule' | 'excludes'>();
  if (settings.isError) {
    return (
      <Panel title={words.title}>
        <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} />
      </Panel>
    );
  }
  if (settings.data === undefined) {
    return (
      <Panel title={words.title}>
        <Skeleton lines={4} />
      </Panel>
    );
  }
  const { data } = settings;
  const error = change.error ?? changePlan.error;
  const save = (input: Omit<Parameters<typeof change.mutate>[0], 'site'>) =>
    change.mutate({ site: site.id, ...input }, { onSuccess: () => setEditing(undefined) });
  return (
    <Panel title={words.title}>
      <div className={styles.gaps}>
        <p>
          {data.schedule[language]}{' '}
          {data.nextAt !== null && (
            <span className={styles.soft}>
              {words.next('').replace(' .', '').replace('.', '').trim()} <Moment at={data.nextAt} />.
            </span>
          )}
        </p>
        {mayChange && (
          <>
            <Switch
              label={words.pause}
              hint={words.pauseHint}
              name="paused"
              checked={data.paused}
              onChange={(paused) => save({ paused })}
            />
            <RadioGroup
              label={words.plan}
              name="plan"
              value={data.plan}
              options={plans.map((value) => ({ value, label: words.plans[value] }))}
              onChange={(value) => {
                const plan = plans.find((one) => one === value);
                if (plan !== undefined) changePlan.mutate({ site: site.id, plan });
              }}
            />
          </>
        )}
        {error !== null && <ErrorNote error={error} />}
        <h3>
          {words.rule} <span className={styles.soft}>{data.ownRetention ? words.ownRule : words.houseRule}</span>
        </h3>
        {data.rule[language].map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {mayChange && editing !== 'rule' && (
          <div className={styles.choice}>
            <Button size="small" onClick={() => setEditing('rule')}>
              {words.change}
            </Button>
            {data.ownRetention && (
              <Button size="small" look="quiet" onClick={() => save({ retention: null })}>
                {words.back}
              </Button>
            )}
          </div>
        )}
        {editing === 'rule' && (
          <Form
            submit={words.save}
            working={change.isPending}
            error={null}
            onSubmit={(values) => {
              const number = (name: string) => Math.max(0, Math.round(Number(values.text(name)) || 0));
              save({
                retention: {
                  hourly: number('hourly'),
                  daily: number('daily'),
                  monthly: number('monthly'),
                  beforeChangeDays: number('beforeChangeDays'),
                },
              });
            }}
          >
            {(['hourly', 'daily', 'monthly', 'beforeChangeDays'] as const).map((name) => (
              <Input
                key={name}
                name={name}
                type="number"
                inputMode="numeric"
                label={words[name]}
                defaultValue={String(data.retention[name])}
              />
            ))}
          </Form>
        )}
        <h3>{words.excludes}</h3>
        {editing === 'excludes' ? (
          <Form
            submit={words.save}
            working={change.isPending}
            error={null}
            onSubmit={(values) =>
              save({
                excludes: values
                  .text('excludes')
                  .split('\n')
                  .map((line) => line.trim())
                  .filter((line) => line !== ''),
              })
            }
          >
            <Textarea
              name="excludes"
              label={words.excludes}
              hint={words.excludesHint}
              defaultValue={data.excludes.join('\n')}
              optional
            />
          </Form>
        ) : (
          <>
            <ul className={styles.plain}>
              {data.excludes.map((pattern) => (
                <li key={pattern}>
                  <code>{pattern}</code>
                </li>
              ))}
            </ul>
            <details>
              <summary>{words.houseExcludes}</summary>
              <ul className={styles.plain}>
                {data.houseExcludes.map((one) => (
                  <li key={one.pattern}>
                    <code>{one.pattern}</code>
                  </li>
                ))}
              </ul>
            </details>
            {mayChange && (
              <div>
                <Button size="small" onClick={() => setEditing('excludes')}>
                  {words.excludes}…
                </Button>
              </div>
            )}
          </>
        )}
        {!mayChange && site.removedAt === null && <p className={styles.soft}>{words.onlyOperator}</p>}
      </div>
    </Panel>
  );
}
