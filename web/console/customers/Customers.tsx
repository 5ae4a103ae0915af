import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer } from '../../../src/customers/contract.ts';
import { api } from '../../api.ts';
import { useAccount } from '../../shell/account.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Count } from '../../ui/Figures.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Search } from '../../ui/Search.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { RequestsPanel } from './RequestsPanel.tsx';
import styles from './Customers.module.css';
import { customersWords } from './words.ts';

/** Whose sites we care for, and whom to speak to. */
export function Customers() {
  const words = useWords(customersWords);
  const account = useAccount();
  const mayChange = account?.role === 'operator';
  const customers = useQuery(api.customers.list.queryOptions());
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<Customer | 'new' | undefined>();
  if (customers.error && !customers.data)
    return <ErrorNote error={customers.error} onRetry={() => void customers.refetch()} />;
  if (!customers.data) return <Skeleton />;
  const all = customers.data;
  const wanted = search.toLowerCase();
  const found = all.filter(({ name, contact, email }) =>
    [name, contact, email].some((text) => text?.toLowerCase().includes(wanted)),
  );
  const add = (
    <Button look="primary" onClick={() => setOpen('new')}>
      {words.add}
    </Button>
  );
  return (
    <>
      <Sentence
        {...(all.length > 0 && { below: words.below(all.reduce((sum, each) => sum + each.sites, 0)) })}
        {...(all.length > 0 && mayChange && { actions: add })}
      >
        {all.length === 0 ? words.empty : words.heading(all.length)}
      </Sentence>
      {all.length === 0 ? (
        <EmptyState heading={words.empty} {...(mayChange && { action: add })}>
          {words.emptyBelow}
        </EmptyState>
      ) : (
        <>
          <RequestsPanel />
          {all.length > 8 && (
            <div className={styles.find}>
              <Search label={words.search} value={search} onChange={setSearch} />
            </div>
          )}
          <Panel>
            {found.length === 0 ? <p>{words.nothingFound}</p> : <CustomerTable rows={found} onOpen={setOpen} />}
          </Panel>
        </>
      )}
      <CustomerDialog customer={open} mayChange={mayChange} onClose={() => setOpen(undefined)} />
    </>
  );
}

function CustomerTable({ rows, onOpen }: { rows: Customer[]; onOpen: (customer: Customer) => void }) {
  const words = useWords(customersWords);
  const columns: Column<Customer>[] = [
    {
      key: 'name',
      title: words.columns.name,
      wraps: true,
      cell: (each) => (
        <button type="button" className={styles.name} onClick={() => onOpen(each)}>
          {each.name}
        </button>
      ),
    },
    { key: 'contact', title: words.columns.contact, wraps: true, cell: (each) => <Contact customer={each} /> },
    { key: 'sites', title: words.columns.sites, align: 'end', cell: (each) => <Count value={each.sites} /> },
  ];
  return <Table caption={words.caption} columns={columns} rows={rows} keyOf={(each) => each.id} stacks />;
}

function Contact({ customer: { contact, email, phone } }: { customer: Customer }) {
  const words = useWords(customersWords);
  if (contact === null && email === null && phone === null)
    return <span className={styles.soft}>{words.noContact}</span>;
  return (
    <div>
      {contact}
      <div className={styles.soft}>
        {email !== null && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
        {email !== null && phone !== null && ' · '}
        {phone !== null && <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>}
      </div>
    </div>
  );
}
