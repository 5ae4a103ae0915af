import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Watchers } from '../../../src/monitoring/contract.ts';
import { probeInWords } from '../../../src/probes/words.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api, queryClient } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Code } from '../../ui/Copy.tsx';
import { Duration } from '../../ui/Figures.tsx';
import { Form } from '../../ui/Form.tsx';
import { Textarea } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark, type State } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { toast } from '../../ui/toast.ts';
import { isOwn } from './own-cause.ts';
import styles from './Watch.module.css';
import { watchWords } from './words.ts';

type Watcher = Watchers['watchers'][number];

/** Watchers, second locations and the hosts that tell our network from theirs. */
export function WatchItself({ watchers }: { watchers: Watchers }) {
  return (
    <div className={styles.panels}>
      <WatchersPanel watchers={watchers.watchers} />
      <PlacesPanel />
      <ReferencesPanel hosts={watchers.referenceHosts} />
    </div>
  );
}

function WatchersPanel({ watchers }: { watchers: readonly Watcher[] }) {
  const words = useWords(watchWords);
  const language = useLanguage();
  const number = (value: number): string => numberInWords(value, language);
  const columns: Column<Watcher>[] = [
    { key: 'name', title: words.watcher.name, cell: ({ process }) => process },
    { key: 'state', title: words.watcher.state, cell: (watcher) => <WatcherState watcher={watcher} /> },
    { key: 'targets', title: words.watcher.targets, align: 'end', cell: ({ targets }) => number(targets) },
    { key: 'checks', title: words.watcher.checks, align: 'end', cell: ({ checksAMinute }) => number(checksAMinute) },
    { key: 'late', title: words.watcher.late, align: 'end', cell: ({ latenessMs }) => <Duration ms={latenessMs} /> },
    {
      key: 'spooled',
      title: words.watcher.spooled,
      align: 'end',
      cell: ({ spooled }) => (spooled === 0 ? '–' : words.records(spooled)),
    },
  ];
  return (
    <Panel title={words.watchers} className={styles.wide ?? ''}>
      {watchers.length === 0 ? (
        <StateMark state="broken">{words.noWatchers}</StateMark>
      ) : (
        <Table caption={words.watchersTable} columns={columns} rows={watchers} keyOf={({ id }) => id} stacks />
      )}
    </Panel>
  );
}

function WatcherState({ watcher }: { watcher: Watcher }) {
  const words = useWords(watchWords);
  const language = useLanguage();
  const now = useNow();
  if (!watcher.alive) {
    return (
      <StateMark state="broken">{words.silent(shortly(new Date(watcher.heartbeatAt), now, { language }))}</StateMark>
    );
  }
  const { blindCause: cause } = watcher;
  if (cause !== null) {
    return <StateMark state="unsure">{words.isBlind(words.because[isOwn(cause) ? cause : 'overload'])}</StateMark>;
  }
  return <StateMark state="well">{words.alive}</StateMark>;
}

const probeMarks: Record<string, State> = { seen: 'well', joined: 'work', invited: 'work', silent: 'broken' };

function PlacesPanel() {
  const words = useWords(watchWords);
  const language = useLanguage();
  // The reader's own, as all times on the pages.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const isOperator = useAccount()?.role !== 'guard';
  const { data } = useQuery({ ...api.probes.list.queryOptions(), refetchInterval: 30_000 });
  return (
    <Panel title={words.places}>
      <div className={styles.stack}>
        <p className={styles.soft}>{words.placesWhy}</p>
        {data?.probes.length === 0 && <p>{words.noPlaces}</p>}
        {data && data.probes.length > 0 && (
          <ul className={styles.plain}>
            {data.probes.map((probe) => (
              <li key={probe.id}>
                <StateMark state={probeMarks[probe.state] ?? 'off'}>{probe.name}</StateMark>{' '}
                <span className={styles.soft}>{probeInWords(probe, language, timeZone)}</span>
              </li>
            ))}
          </ul>
        )}
        {isOperator && (
          <div>
            <ButtonLink to="/settings" hash="places" size="small">
              {words.manage}
            </ButtonLink>
          </div>
        )}
      </div>
    </Panel>
  );
}

function ReferencesPanel({ hosts }: { hosts: readonly string[] }) {
  const words = useWords(watchWords);
  const isOperator = useAccount()?.role === 'operator';
  const [isOpen, setOpen] = useState(false);
  const save = useMutation(
    api.monitoring.setReferences.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        setOpen(false);
        await queryClient.invalidateQueries({ queryKey: api.monitoring.watchers.key() });
      },
    }),
  );
  return (
    <Panel title={words.references}>
      <div className={styles.stack}>
        <p className={styles.soft}>{words.referencesWhy}</p>
        {hosts.length === 0 && <StateMark state="unsure">{words.noReferences}</StateMark>}
        {!isOpen && hosts.length > 0 && (
          <p className={styles.hosts}>
            {hosts.map((host) => (
              <Code key={host}>{host}</Code>
            ))}
          </p>
        )}
        {isOperator && !isOpen && (
          <div>
            <Button size="small" onClick={() => setOpen(true)}>
              {words.change}
            </Button>
          </div>
        )}
        {isOpen && (
          <Form
            submit={words.save}
            working={save.isPending}
            error={save.error}
            errorFields={{ 'input-wrong': 'hosts' }}
            onSubmit={(values) => save.mutate({ hosts: values.text('hosts').split(/\s+/).filter(Boolean) })}
          >
            <Textarea
              label={words.hosts}
              hint={words.hostsHint}
              name="hosts"
              optional
              rows={4}
              defaultValue={hosts.join('\n')}
            />
          </Form>
        )}
      </div>
    </Panel>
  );
}
