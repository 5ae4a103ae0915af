import { ORPCError } from '@orpc/client';
import { useState } from 'react';
import { Checkbox, RadioGroup, Switch } from '../ui/Choices.tsx';
import { Form } from '../ui/Form.tsx';
import { Input, Password, Select, Textarea } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

/** As the server answers to input that does not fit. */
const wrongInput = new ORPCError('INPUT_WRONG', {
  status: 400,
  message: 'The input is not right: url: Invalid URL.',
  data: { code: 'input-wrong', nextStep: '', retryable: false, details: { problems: ['url: Invalid URL'] } },
});
const taken = new ORPCError('CUSTOMER_EXISTS', {
  status: 409,
  message: 'There is a customer of that name already.',
  data: { code: 'customer-exists', nextStep: 'Use that one, or choose another name.', retryable: false, details: {} },
});

export function Fields() {
  const words = useWords(designWords);
  const [error, setError] = useState<unknown>(wrongInput);
  const customers = [
    { value: 'a', label: 'Bakkerij de Wit' },
    { value: 'b', label: 'Fietsplezier' },
  ];
  return (
    <div className={styles.two}>
      <Form onSubmit={() => setError(taken)} submit={words.add}>
        <Input label={words.siteAddress} name="url" type="url" hint={words.siteHint} placeholder="https://" />
        <Select label={words.customer} name="customer" options={customers} placeholder={words.choose} />
        <Input label={words.email} name="email" type="email" optional defaultValue="info@bakkerij.nl" />
        <Password label={words.password} name="password" autoComplete="new-password" />
        <Textarea label={words.note} name="note" optional />
        <RadioGroup
          label={words.plan}
          name="plan"
          defaultValue="daily"
          options={[
            { value: 'daily', label: words.daily, hint: words.dailyHint },
            { value: 'hourly', label: words.hourly, hint: words.hourlyHint },
            { value: 'never', label: words.off, disabled: true },
          ]}
        />
        <Checkbox label={words.agree} name="agree" hint={words.agreeHint} required />
        <Switch label={words.nightly} name="nightly" defaultChecked />
      </Form>
      <div className={styles.stack}>
        <Form onSubmit={() => setError(taken)} error={error} submit={words.save}>
          <Input label={words.siteAddress} name="url" defaultValue="bakkerij" />
        </Form>
        <Form onSubmit={() => {}} error={taken} errorFields={{ 'customer-exists': 'name' }} submit={words.save} working>
          <Input label={words.customer} name="name" defaultValue="Bakkerij de Wit" />
        </Form>
        <Form onSubmit={() => {}} error={new TypeError('no connection')} submit={words.save}>
          <Input label={words.email} name="off" disabled defaultValue="info@bakkerij.nl" />
          <Input label={words.email} name="fixed" readOnly defaultValue="info@bakkerij.nl" />
          <Checkbox label={words.agree} name="c1" disabled defaultChecked />
          <Switch label={words.nightly} name="s1" disabled />
        </Form>
      </div>
    </div>
  );
}
