import { expect, test } from 'vitest';
import { readDelivery, spellingsOf, type Delivery } from './read-delivery.ts';
import { troubleOfStatus } from './trouble-of-status.ts';

const delivery = (more: Partial<Delivery>): Delivery => ({
  esmClass: 4,
  from: '31612345678',
  to: '1',
  text: '',
  ...more,
});
const receipt = (stat: string, err = '000'): string =>
  `id:2130706433 sub:001 dlvrd:001 submit date:2611280545 done date:2611280546 stat:${stat} err:${err} text:STORING`;

test.each([
  ['DELIVRD', 'delivered'],
  ['UNDELIV', 'failed'],
  ['EXPIRED', 'failed'],
  ['REJECTD', 'failed'],
  ['DELETED', 'failed'],
  ['ENROUTE', 'accepted'],
  ['ACCEPTD', 'accepted'],
])('a receipt that says %s: %s', (stat, state) => {
  expect(readDelivery(delivery({ text: receipt(stat) }))).toMatchObject({ is: 'receipt', receipt: { state } });
});

test('the fields of the protocol go before its text, and say what the error was', () => {
  const heard = readDelivery(
    delivery({ receiptedMessageId: 'abc-1', messageState: 5, text: receipt('DELIVRD', '0A1') }),
  );
  expect(heard).toEqual({
    is: 'receipt',
    receipt: { providerRefs: ['abc-1', 'ABC-1'], state: 'failed', said: 'DELIVRD 0A1' },
  });
});

test.each(['', 'hallo', 'id:1', 'stat:DELIVRD', receipt('SOMETHING')])(
  'a receipt that says %j says nothing',
  (text) => {
    expect(readDelivery(delivery({ text }))).toBeUndefined();
  },
);

test('what a phone sent is a reply, also when it looks like a receipt', () => {
  expect(readDelivery(delivery({ esmClass: 0, text: receipt('DELIVRD') }))).toMatchObject({ is: 'incoming' });
  expect(readDelivery(delivery({ esmClass: 0, text: '7a' }))).toEqual({
    is: 'incoming',
    message: { sender: '+31612345678', text: '7a' },
  });
});

test.each([
  ['2130706433', '7f000001'],
  ['7f000001', '2130706433'],
  ['0000000010', '10'],
  ['AbC', 'abc'],
])('%s is also written %s', (id, other) => {
  expect(spellingsOf(id)[0]).toBe(id);
  expect(spellingsOf(id)).toContain(other);
});

test.each([
  [0x0e, 'wrong-credentials', false],
  [0x58, 'busy', true],
  [0x14, 'busy', true],
  [0x0b, 'wrong-recipient', false],
  [0x45, 'refused', false],
])('status 0x%s', (status, trouble, retryable) => {
  expect(troubleOfStatus(status)).toMatchObject({ trouble, retryable, mayHaveGone: false });
});
