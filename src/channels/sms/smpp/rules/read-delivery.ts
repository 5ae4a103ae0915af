import type { Incoming, Receipt } from '../../../sender.ts';

/** What a deliver_sm carries, as we need it. */
export interface Delivery {
  esmClass: number;
  from: string;
  to: string;
  text: string;
  receiptedMessageId?: string | undefined;
  /** SMPP 3.4, 5.2.28. */
  messageState?: number | undefined;
}

export type Heard = { is: 'receipt'; receipt: Receipt } | { is: 'incoming'; message: Omit<Incoming, 'providerRef'> };

/** Bits 2 to 5 of esm_class say what it is (SMPP 3.4, 5.2.12); 0x04 = a delivery receipt. */
const receiptBit = 0x04;

/** A receipt (by its TLVs, else by the text of appendix B: `id:... stat:DELIVRD err:000`), or what a phone sent. */
export function readDelivery(delivery: Delivery): Heard | undefined {
  const { esmClass, from, text } = delivery;
  if ((esmClass & receiptBit) === 0) return { is: 'incoming', message: { sender: withPlus(from), text } };
  const id = delivery.receiptedMessageId ?? /\bid:(?<id>[\w-]+)/i.exec(text)?.groups?.['id'];
  const word = /\bstat:(?<stat>[A-Za-z]+)/i.exec(text)?.groups?.['stat']?.toUpperCase();
  const state = stateOfNumber.get(delivery.messageState ?? -1) ?? stateOfWord.get(word ?? '');
  if (id === undefined || state === undefined) return undefined;
  const error = /\berr:(?<err>\w+)/i.exec(text)?.groups?.['err'];
  const said = [word, error === undefined || /^0+$/.test(error) ? undefined : error].filter(Boolean).join(' ');
  return { is: 'receipt', receipt: { providerRefs: spellingsOf(id), state, said } };
}

const stateOfNumber = new Map<number, Receipt['state']>([
  [1, 'accepted'],
  [2, 'delivered'],
  [3, 'failed'],
  [4, 'failed'],
  [5, 'failed'],
  [6, 'accepted'],
  [8, 'failed'],
]);
const stateOfWord = new Map<string, Receipt['state']>([
  ['ENROUTE', 'accepted'],
  ['ACCEPTD', 'accepted'],
  ['DELIVRD', 'delivered'],
  ['EXPIRED', 'failed'],
  ['DELETED', 'failed'],
  ['UNDELIV', 'failed'],
  ['REJECTD', 'failed'],
]);

/** Centres answer a submit with a hexadecimal id and write it in decimal in the receipt, or the other way round. */
export function spellingsOf(id: string): string[] {
  const spellings = new Set([id, id.toLowerCase(), id.toUpperCase()]);
  if (/^\d{1,19}$/.test(id)) spellings.add(BigInt(id).toString(16)).add(BigInt(id).toString(16).toUpperCase());
  if (/^[0-9a-f]{1,16}$/i.test(id)) spellings.add(BigInt(`0x${id}`).toString());
  if (/^0+[^0]/.test(id)) spellings.add(id.replace(/^0+/, ''));
  return [...spellings];
}

/** Centres leave the plus away; ours always have it. */
function withPlus(number: string): string {
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : number;
}
