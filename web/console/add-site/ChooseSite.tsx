import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, client, queryClient } from '../../api.ts';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Form, type FormValues } from '../../ui/Form.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './AddSite.module.css';
import { AddressFindings, useLook } from './AddressFindings.tsx';
import { Unfinished } from './Unfinished.tsx';
import { addSiteWords } from './words.ts';

/** Stands for 'a customer that is not there yet' in the list. */
const isNew = 'new';

interface Added {
  customer: string;
  url: string;
  plan: 'daily' | 'hourly';
  newCustomer?: { name: string; email: string };
}

/** Registers the customer when there is none yet, then the site. A second try after half a success finds the customer. */
async function addSite({ customer, url, plan, newCustomer }: Added) {
  let reference = customer;
  if (newCustomer !== undefined) {
    const { name, email } = newCustomer;
    const known = (await client.customers.list({})).find((each) => each.name.toLowerCase() === name.toLowerCase());
    reference = known?.id ?? (await client.customers.add({ name, ...(email === '' ? {} : { email }) })).id;
    await queryClient.invalidateQueries({ queryKey: api.customers.key() });
  }
  return client.sites.add({ customer: reference, url, plan, allowHttp: url.startsWith('http:') });
}

/** Whose site, which address, how often. The address is looked at while it is typed. */
export function ChooseSite() {
  const words = useWords(addSiteWords);
  const navigate = useNavigate();
  const customers = useQuery(api.customers.list.queryOptions({ input: {} }));
  const [chosen, setChosen] = useState<string>();
  const [address, setAddress] = useState('');
  const look = useLook(address);
  const add = useMutation({
    mutationFn: addSite,
    onSuccess: async (site) => {
      await queryClient.invalidateQueries({ queryKey: api.intake.unfinished.key() });
      await navigate({ to: '/sites/new', search: { site: site.id } });
    },
  });
  const known = customers.data ?? [];
  const customer = chosen ?? (customers.isSuccess && known.length === 0 ? isNew : '');
  const isAlone = customers.isSuccess && known.length === 0;
  const submit = (values: FormValues) => {
    const plan = values.text('plan') === 'hourly' ? 'hourly' : 'daily';
    const typed = values.text('address');
    const url = look.data?.url ?? typed;
    add.mutate({
      customer,
      url,
      plan,
      ...(customer === isNew
        ? { newCustomer: { name: values.text('customerName'), email: values.text('customerEmail') } }
        : {}),
    });
  };
  return (
    <>
      <Sentence below={words.below.choose}>{words.sentence.choose}</Sentence>
      <Unfinished />
      <div className={styles.beside}>
        <Panel title={words.form.title}>
          <Form
            onSubmit={submit}
            error={add.error}
            errorFields={{ 'site-exists': 'address' }}
            submit={words.form.submit}
            working={add.isPending}
          >
            {!isAlone && (
              <Select
                label={words.form.customer}
                name="customer"
                value={customer}
                onChange={setChosen}
                placeholder={words.form.chooseCustomer}
                options={[
                  { value: isNew, label: `+ ${words.form.newCustomer}` },
                  ...known.map((each) => ({ value: each.id, label: each.name })),
                ]}
              />
            )}
            {customer === isNew && (
              <>
                <Input label={words.form.customerName} name="customerName" maxLength={200} autoComplete="off" />
                <Input
                  label={words.form.customerEmail}
                  name="customerEmail"
                  type="email"
                  optional
                  autoComplete="off"
                  hint={words.form.customerEmailHint}
                />
              </>
            )}
            <Input
              label={words.form.address}
              name="address"
              value={address}
              onChange={setAddress}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              hint={words.form.addressHint}
            />
            <div className={styles.narrowOnly}>
              <AddressFindings look={look} onUse={setAddress} />
            </div>
            <RadioGroup
              label={words.form.plan}
              name="plan"
              defaultValue="daily"
              options={[
                { value: 'daily', label: words.form.daily, hint: words.form.dailyHint },
                { value: 'hourly', label: words.form.hourly, hint: words.form.hourlyHint },
              ]}
            />
          </Form>
        </Panel>
        <div className={styles.wideOnly}>
          <AddressFindings look={look} onUse={setAddress} />
        </div>
      </div>
    </>
  );
}
