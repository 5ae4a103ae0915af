import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderView } from '../../../src/messages/contract.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyField } from '../../ui/Copy.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { shortly } from '../../ui/moment-words.ts';
import { useNow } from '../../ui/now.ts';
import { OrderList } from '../../ui/OrderList.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { alarmWords } from './alarm-words.ts';
import type { PartProps } from './part.ts';
import { ProviderDialog } from './ProviderDialog.tsx';
import { ProviderTest } from './ProviderTest.tsx';
import { providersChanged } from './providers-changed.ts';
import styles from './Settings.module.css';

const allMeans = ['sms', 'call', 'push', 'webhook', 'email'] as const;
type Means = (typeof allMeans)[number];

/** By which ways somebody is woken, in which order, and whether each works. */
export function ChannelsPanel({ canChange }: Pick<PartProps, 'canChange'>) {
  const words = useWords(alarmWords).channels;
  const language = useLanguage();
  const providers = useQuery(api.messages.providers.queryOptions({ input: {} }));
  const health = useQuery(api.messages.health.queryOptions());
  const [adding, setAdding] = useState(false);
  const { data } = providers;
  return (
    <Panel
      title={words.title}
      tone={health.data?.state === 'broken' ? 'broken' : 'plain'}
      actions={
        canChange && (
          <Button size="small" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        )
      }
    >
      <div className={styles.prose}>
        <p>{words.about}</p>
        {health.data && (
          <StateMark state={({ well: 'well', doubtful: 'unsure', broken: 'broken' } as const)[health.data.state]}>
            {health.data.says[language]}
          </StateMark>
        )}
        {health.data?.remarks.map((remark) => (
          <p key={remark.en}>{remark[language]}</p>
        ))}
      </div>
      {providers.error && !data && <ErrorNote error={providers.error} onRetry={() => void providers.refetch()} />}
      {providers.isPending && <Skeleton lines={3} />}
      {data &&
        allMeans.map((means) => (
          <OfMeans
            key={means}
            means={means}
            providers={data.filter((each) => each.means === means)}
            canChange={canChange}
          />
        ))}
      {adding && <ProviderDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function OfMeans({ means, providers, canChange }: { means: Means; providers: ProviderView[]; canChange: boolean }) {
  const words = useWords(alarmWords).channels;
  const order = useMutation(
    api.messages.reorderProviders.mutationOptions({
      onSuccess: async () => {
        toast(words.ordered);
        await providersChanged();
      },
    }),
  );
  if (providers.length === 0 && means !== 'sms' && means !== 'call') return null;
  return (
    <>
      <h3 className={styles.part}>{words.means[means]}</h3>
      <p className={styles.lead}>{words.meansWhy[means]}</p>
      {providers.length === 0 ? (
        <p>
          <StateMark state={means === 'sms' ? 'broken' : 'off'}>{words.none[means]}</StateMark>
        </p>
      ) : (
        <OrderList
          label={words.means[means]}
          disabled={!canChange || providers.length === 1}
          onOrder={(keys) => order.mutate({ means, providers: keys })}
          items={providers.map((provider) => ({
            key: provider.id,
            name: provider.name,
            content: <Provider provider={provider} canChange={canChange} />,
          }))}
        />
      )}
      {order.error && <ErrorNote error={order.error} />}
    </>
  );
}

function Provider({ provider, canChange }: { provider: ProviderView; canChange: boolean }) {
  const words = useWords(alarmWords).channels;
  const [open, setOpen] = useState<'change' | 'test'>();
  const { kind, name } = provider;
  return (
    <div className={styles.provider}>
      <div>
        <strong>{name}</strong> {name !== words.kinds[kind] && <span className={styles.soft}>{words.kinds[kind]}</span>}
        <ProviderState provider={provider} />
        {provider.hooks.length > 0 && canChange && (
          <details className={styles.hooks}>
            <summary>{words.hooks.inbound}</summary>
            <p className={styles.soft}>{words.hooksWhy}</p>
            {provider.hooks.map((hook) => (
              <CopyField key={hook.for} label={words.hooks[hook.for]} value={hook.url} />
            ))}
          </details>
        )}
      </div>
      {canChange && (
        <div className={styles.row}>
          <Button size="small" onClick={() => setOpen('test')}>
            {words.test}
          </Button>
          {kind !== 'smtp' && (
            <>
              <Button size="small" look="quiet" onClick={() => setOpen('change')}>
                {words.change}
              </Button>
              <Remove provider={provider} />
            </>
          )}
        </div>
      )}
      {open === 'change' && <ProviderDialog provider={provider} onClose={() => setOpen(undefined)} />}
      {open === 'test' && <ProviderTest provider={provider} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function ProviderState({ provider }: { provider: ProviderView }) {
  const words = useWords(alarmWords).channels;
  const language = useLanguage();
  const now = useNow();
  const when = (at: string): string => shortly(new Date(at), now, { language });
  const { canary, enabled, lastAcceptedAt, lastTrouble } = provider;
  const problem = canary?.state === 'failing' ? canary.problem : (lastTrouble ?? null);
  const marks = { waiting: 'work', working: 'well', failing: 'broken' } as const;
  return (
    <div>
      {!enabled ? (
        <StateMark state="off">{words.off}</StateMark>
      ) : lastTrouble ? (
        <StateMark state="broken">{words.trouble(when(lastTrouble.at))}</StateMark>
      ) : canary ? (
        <StateMark state={marks[canary.state]}>{words.canary[canary.state](when(canary.at))}</StateMark>
      ) : (
        <StateMark state={lastAcceptedAt === null ? 'off' : 'well'}>
          {lastAcceptedAt === null ? words.never : words.accepted(when(lastAcceptedAt))}
        </StateMark>
      )}
      {problem && enabled && (
        <p className={styles.soft}>
          {problem.says[language]} {problem.next[language]}
          {lastTrouble?.said && (
            <>
              {' '}
              {words.said}: <q>{lastTrouble.said}</q>
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Remove({ provider }: { provider: ProviderView }) {
  const words = useWords(alarmWords).channels;
  return (
    <RemoveButton
      label={words.remove}
      title={words.removeTitle(provider.name)}
      why={words.removeWhy}
      done={words.removed}
      remove={() => api.messages.removeProvider.call({ provider: provider.id })}
      onRemoved={providersChanged}
    />
  );
}
