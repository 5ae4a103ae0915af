import { expect, test } from 'vitest';
import { outboxName, readInboxFile } from './files.ts';

test('a file of the outbox is named as gammu-smsd reads it: first, with a report, and with our reference', () => {
  const at = new Date('2026-11-28T05:06:07.890Z');
  expect(outboxName({ to: '+31612345678', reference: 'a-1/../x', at })).toBe(
    'OUTA20261128_050607_00_+31612345678_a-1x.txtd',
  );
});

const name = 'IN20261128_050607_00_+31612345678_00.txt';
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test.each<[string, Uint8Array, unknown]>([
  [name, Buffer.from('7a\n'), { is: 'incoming', message: { providerRef: name, sender: '+31612345678', text: '7a' } }],
  [name, utf16('ja 7'), { is: 'incoming', message: { providerRef: name, sender: '+31612345678', text: 'ja 7' } }],
  [
    name,
    Buffer.from('Delivered'),
    { is: 'receipt', receipt: { recipient: '+31612345678', state: 'delivered', said: 'Delivered' } },
  ],
  [
    name,
    Buffer.from('Failed'),
    { is: 'receipt', receipt: { recipient: '+31612345678', state: 'failed', said: 'Failed' } },
  ],
  [name, Buffer.from('Pending'), { is: 'receipt', receipt: { recipient: '+31612345678', state: 'accepted' } }],
  ['IN20261128_050607_00_+31612345678_00.bin', Buffer.from('x'), undefined],
  ['INbox', Buffer.from('x'), undefined],
])('%s', (file, content, heard) => {
  expect(readInboxFile(file, content)).toEqual(heard);
});
