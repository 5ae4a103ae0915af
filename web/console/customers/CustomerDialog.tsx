import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../src/customers/contract.ts';
import { api, queryClient } from '../../api.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Customers.module.css';
import { customersWords } from './words.ts';

interface CustomerDialogProps {
  /** 'new': to be added; undefined: closed. */
  customer: Customer | 'new' | undefined;
  mayChange: boolean;
  onClose: () => void;
}

export function CustomerDialog({ customer, mayChange, onClose }: CustomerDialogProps) {
  const words = useWords(customersWords);
  const known = customer === 'new' ? undefined : customer;
  return (
    <Dialog
      title={known?.name ?? words.form.title}
      open={customer !== undefined}
      onOpenChange={(open) => !open && onClose()}
    >
      {mayChange && <CustomerForm key={known?.id ?? 'new'} customer={known} onDone={onClose} />}
      {known && <About customer={known} mayInvite={mayChange} />}
    </Dialog>
  );
}

function CustomerForm({ customer, onDone }: { customer: Customer | undefined; onDone: () => void }) {
  const words = useWords(customersWords);
  const whenDone = async (text: string) => {
    onDone();
    toast(text, { tone: 'well' });
    await queryClient.invalidateQueries({ queryKey: api.customers.key() });
  };
  const add = useMutation({
    ...api.customers.add.mutationOptions(),
    onSuccess: ({ name }) => whenDone(words.added(name)),
  });
  const change = useMutation({
    ...api.customers.change.mutationOptions(),
    onSuccess: ({ name }) => whenDone(words.changed(name)),
  });
  const send = (values: FormValues) => {
    const [name, contact, email, phone] = ['name', 'contact', 'email', 'phone'].map((field) => values.text(field));
    if (name === undefined) return;
    if (customer) {
      change.mutate({
        customer: customer.id,
        name,
        contact: contact || null,
        email: email || null,
        phone: phone || null,
      });
    } else add.mutate({ name, ...(contact && { contact }), ...(email && { email }), ...(phone && { phone }) });
  };
  return (
    <Form
      onSubmit={send}
      error={add.error ?? change.error}
      errorFields={{ 'customer-exists': 'name' }}
      submit={customer ? words.form.save : words.add}
      working={add.isPending || change.isPending}
    >
      <Input label={words.form.name} name="name" defaultValue={customer?.name} maxLength={200} autoComplete="off" />
      <Input
        label={words.form.contact}
        name="contact"
        hint={words.form.contactHint}
        defaultValue={customer?.contact ?? ''}
        maxLength={200}
        autoComplete="off"
        optional
      />
      <Input
        label={words.form.email}
        name="email"
        type="email"
        defaultValue={customer?.email ?? ''}
        maxLength={200}
        autoComplete="off"
        optional
      />
      <Input
        label={words.form.phone}
        name="phone"
        type="tel"
        defaultValue={customer?.phone ?? ''}
        maxLength={200}
        autoComplete="off"
        optional
      />
    </Form>
  );
}

/** His sites and who of his comes in here. */
function About({ customer, mayInvite }: { customer: Customer; mayInvite: boolean }) {
  const words = useWords(customersWords);
  const sites = useQuery(api.sites.list.queryOptions({ input: { customer: customer.id } }));
  const people = useQuery({ ...api.people.list.queryOptions(), enabled: mayInvite });
  if (!sites.data) return <Skeleton />;
  const persons = people.data?.filter((each) => each.customer?.id === customer.id && each.deactivatedAt === null) ?? [];
  return (
    <div className={styles.about}>
      <h3>{words.sites}</h3>
      {sites.data.length === 0 ? (
        <p className={styles.soft}>{words.noSites}</p>
      ) : (
        <ul>
          {sites.data.map((site) => (
            <li key={site.id}>
              <Link to="/sites/$site" params={{ site: site.id }}>
                {site.url.replace(/^https?:\/\//, '')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {mayInvite && (
        <>
          <Link to="/sites/new">{words.addSite}</Link>
          <h3>{words.people}</h3>
          {persons.length === 0 ? (
            <p className={styles.soft}>{words.noPeople}</p>
          ) : (
            <ul>
              {persons.map((each) => (
                <li key={each.id}>
                  {each.name} <span className={styles.soft}>{each.email}</span>
                </li>
              ))}
            </ul>
          )}
          <Link to="/people">{words.toPeople}</Link>
        </>
      )}
    </div>
  );
}
