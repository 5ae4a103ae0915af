import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import type { FormValues } from '../../ui/Form.tsx';
import styles from './People.module.css';
import { peopleWords } from './words.ts';

export const roles = ['customer', 'guard', 'operator'] as const;
export type Role = (typeof roles)[number];

/** What the fields below were filled in with. */
export function roleOf(values: FormValues): { role: Role; customer?: string } {
  const role = roles.find((each) => each === values.text('role')) ?? 'customer';
  const customer = values.text('customer');
  return { role, ...(role === 'customer' && customer !== '' ? { customer } : {}) };
}

/** A role, and the customer that belongs to it. */
export function RoleFields({ role: first, customer }: { role: Role; customer?: string | undefined }) {
  const words = useWords(peopleWords);
  const [role, setRole] = useState<string>(first);
  const customers = useQuery(api.customers.list.queryOptions());
  const options = (customers.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <RadioGroup
        label={words.form.role}
        name="role"
        value={role}
        onChange={setRole}
        options={roles.map((value) => ({ value, label: words.roles[value], hint: words.roleHints[value] }))}
      />
      {role === 'customer' &&
        (customers.data?.length === 0 ? (
          <p className={styles.soft}>{words.form.noCustomers}</p>
        ) : (
          <Select
            // The default counts when the list has come.
            key={customers.isPending ? 'waiting' : 'there'}
            label={words.form.customer}
            name="customer"
            defaultValue={customer ?? ''}
            placeholder={words.form.chooseCustomer}
            options={options}
          />
        ))}
    </>
  );
}
