import type { Incoming, Receipt } from '../../../sender.ts';

/**
 * Name of a file in the outbox of gammu-smsd's FILES service (man 7 gammu-smsd-files): highest priority, number, and our
 * reference as the note. `d` asks for a delivery report.
 */
export function outboxName(given: { to: string; reference: string; at: Date }): string {
  const [day = '', time = ''] = given.at.toISOString().split('T');
  const stamp = `${day.replaceAll('-', '')}_${time.slice(0, 8).replaceAll(':', '')}`;
  return `OUTA${stamp}_00_${given.to}_${given.reference.replaceAll(/[^A-Za-z0-9-]/g, '')}.txtd`;
}

export type Heard = { is: 'receipt'; receipt: Receipt } | { is: 'incoming'; message: Incoming };

/**
 * What a file of the inbox says: a reply, or a delivery report (a message of one of four words, when `DeliveryReport =
 * sms`). A report names no message, only the number it went to. Undefined = it is neither.
 */
export function readInboxFile(name: string, content: Uint8Array): Heard | undefined {
  const sender = /^IN\d{8}_\d{6}_\d+_(?<sender>.+)_\d+\.txt$/.exec(name)?.groups?.['sender'];
  if (sender === undefined) return undefined;
  const text = textOf(content).trim();
  const state = reports.get(text);
  if (state === 'none') return { is: 'receipt', receipt: { recipient: sender, state: 'accepted' } };
  if (state !== undefined) return { is: 'receipt', receipt: { recipient: sender, state, said: text } };
  return { is: 'incoming', message: { providerRef: name, sender, text } };
}

const reports = new Map<string, 'delivered' | 'failed' | 'none'>([
  ['Delivered', 'delivered'],
  ['Failed', 'failed'],
  ['Pending', 'none'],
  ['Unknown', 'none'],
]);

/** `InboxFormat = unicode` writes UTF-16 with a byte order mark, `standard` plain text. */
function textOf(content: Uint8Array): string {
  const [first, second] = content;
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(content);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(content);
  return new TextDecoder().decode(content);
}
