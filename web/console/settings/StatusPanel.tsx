import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StatusPage } from '../../../src/status-pages/contract.ts';
import { api, queryClient } from '../../api.ts';
import { Button, ButtonAnchor } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { CopyButton } from '../../ui/Copy.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { nameOf } from '../today/site-facts.ts';
import { alarmWords } from './alarm-words.ts';
import type { PartProps } from './part.ts';
import styles from './Settings.module.css';

async function pagesChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.statusPages.key() });
}

/** Public status pages: made, shown and taken away. */
export function StatusPanel({ canChange }: Pick<PartProps, 'canChange'>) {
  const words = useWords(alarmWords).status;
  const pages = useQuery(api.statusPages.list.queryOptions());
  const [editing, setEditing] = useState<StatusPage | 'new'>();
  return (
    <Panel
      title={words.title}
      actions={
        canChange && (
          <Button size="small" onClick={() => setEditing('new')}>
            {words.add}
          </Button>
        )
      }
    >
      <p className={styles.prose}>{words.about}</p>
      {pages.error && !pages.data && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton lines={2} />}
      {pages.data?.length === 0 && <p className={styles.soft}>{words.none}</p>}
      {pages.data && pages.data.length > 0 && (
        <ul className={styles.list}>
          {pages.data.map((page) => (
            <Line key={page.slug} page={page} canChange={canChange} onChange={() => setEditing(page)} />
          ))}
        </ul>
      )}
      {editing !== undefined && (
        <PageDialog {...(editing !== 'new' && { page: editing })} onClose={() => setEditing(undefined)} />
      )}
    </Panel>
  );
}

function Line({ page, canChange, onChange }: { page: StatusPage; canChange: boolean; onChange: () => void }) {
  const words = useWords(alarmWords).status;
  const isShown = page.enabled && page.sites > 0;
  return (
    <li className={styles.line}>
      <span>
        <strong>{page.title}</strong>{' '}
        <StateMark state={isShown ? 'well' : 'off'}>
          {page.enabled ? (page.sites > 0 ? words.on : words.empty) : words.off}
        </StateMark>
        <p className={styles.soft}>
          {page.of.kind === 'customer' ? words.customer(page.of.name) : words.site(nameOf(page.of.name))} ·{' '}
          {nameOf(page.url)}
        </p>
      </span>
      <span className={styles.row}>
        {isShown && (
          <ButtonAnchor href={page.url} target="_blank" rel="noreferrer" size="small">
            {words.see}
          </ButtonAnchor>
        )}
        <CopyButton text={page.url} />
        {canChange && (
          <>
            <Button size="small" look="quiet" onClick={onChange}>
              {words.change}
            </Button>
            <Remove page={page} />
          </>
        )}
      </span>
    </li>
  );
}

function PageDialog({ page, onClose }: { page?: StatusPage; onClose: () => void }) {
  const words = useWords(alarmWords).status;
  const language = useLanguage();
  const customers = useQuery(api.customers.list.queryOptions({ input: {} }));
  const sites = useQuery(api.sites.list.queryOptions({ input: {} }));
  const save = useMutation(
    api.statusPages.save.mutationOptions({
      onSuccess: async () => {
        toast(words.saved, { tone: 'well' });
        onClose();
        await pagesChanged();
      },
    }),
  );
  const isReady = customers.data !== undefined && sites.data !== undefined;
  const options = [
    ...(customers.data ?? []).map(({ id, name }) => ({ value: `customer ${id}`, label: words.customer(name) })),
    ...(sites.data ?? []).map(({ id, url }) => ({ value: `site ${id}`, label: words.site(nameOf(url)) })),
  ];
  return (
    <Dialog
      title={page ? words.changeTitle(page.title) : words.addTitle}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form
        key={isReady ? 'known' : 'coming'}
        submit={words.save}
        working={save.isPending}
        error={save.error}
        errorFields={{ 'status-page-exists': page ? 'rename' : 'slug' }}
        onSubmit={(values) => {
          const [kind, id = ''] = values.text('of').split(' ');
          const slug = values.text('slug').toLowerCase();
          save.mutate({
            slug: page?.slug ?? slug,
            ...(page === undefined && { create: true }),
            ...(page !== undefined && slug !== page.slug && { rename: slug }),
            title: values.text('title'),
            ...(kind === 'site' ? { site: id } : { customer: id }),
            language: values.text('language') === 'en' ? 'en' : 'nl',
            enabled: values.flag('enabled'),
          });
        }}
      >
        <Input label={words.name.label} hint={words.name.hint} name="title" defaultValue={page?.title ?? ''} />
        <Input
          label={words.slug.label}
          hint={words.slug.hint}
          name="slug"
          defaultValue={page?.slug ?? ''}
          minLength={3}
          maxLength={60}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          spellCheck={false}
        />
        <Select
          label={words.of}
          name="of"
          placeholder="…"
          defaultValue={page ? `${page.of.kind} ${page.of.id}` : ''}
          options={options}
        />
        <Select
          label={words.language}
          name="language"
          defaultValue={page?.language ?? language}
          options={(['nl', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
        />
        <Checkbox
          label={words.enabled.label}
          hint={words.enabled.hint}
          name="enabled"
          defaultChecked={page?.enabled ?? true}
        />
      </Form>
    </Dialog>
  );
}

function Remove({ page }: { page: StatusPage }) {
  const words = useWords(alarmWords).status;
  return (
    <RemoveButton
      label={words.remove}
      title={words.removeTitle(page.title)}
      why={words.removeWhy}
      done={words.removed}
      remove={() => api.statusPages.remove.call({ slug: page.slug })}
      onRemoved={pagesChanged}
    />
  );
}
