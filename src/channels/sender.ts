/** One message as a sender gets it. Every sender takes what it can show and leaves the rest. */
export interface Outgoing {
  /** A number (E.164, `+31612345678`), an address of mail, or a topic. */
  to: string;
  text: string;
  /** Our own name for it (letters, digits and `-`): comes back in receipts where the protocol can carry it. */
  reference: string;
  /** Where the gateway tells what became of it; undefined = it cannot reach us. See `callbackUrlOf`. */
  callbackUrl?: string;
  subject?: string;
  html?: string;
  /** What a tap on it opens. */
  link?: string;
  urgency?: 'high' | 'low';
  /** In which language it is read out. */
  language?: 'nl' | 'en';
}

export interface SentTo {
  /** The provider's own name for it. */
  providerRef: string | null;
  /** accepted: the gateway took it, a receipt may follow; delivered: there is nothing more to wait for. */
  state: 'accepted' | 'delivered';
}

/** What a gateway told about a message that it took. */
export interface Receipt {
  reference?: string;
  /** Every spelling of the provider's name for it (SMPP: decimal and hexadecimal). */
  providerRefs?: string[];
  /** Where the report names no message (gammu): the last message to this number that waits for one. */
  recipient?: string;
  state: 'accepted' | 'delivered' | 'failed';
  /** Why it failed, in the provider's words. */
  said?: string;
}

/** What somebody sent to us. */
export interface Incoming {
  /** The provider's name for it, or a hash of all that it said: the same message told again has the same. */
  providerRef: string;
  sender: string;
  text: string;
}

/** Takes what comes in over a sender's own line. Both resolve once it is stored: only then the line is told 'received'. */
export interface Ears {
  receipt(receipt: Receipt): Promise<void>;
  incoming(message: Incoming): Promise<void>;
}

/** One path by which messages leave the house. No database in it: watchers and second locations use it as well. */
export interface Sender {
  /**
   * Hands one message over. Rejects with a SendError, also when the signal is aborted. Messages may be under way at the
   * same time.
   */
  send(message: Outgoing, signal: AbortSignal): Promise<SentTo>;
  /** Where receipts and replies come over a line (SMPP) or a folder (gammu) of the sender: opens it and keeps it open. */
  receive?(ears: Ears): void;
  /** Ends what is open; safe to call twice. */
  close(): Promise<void>;
}

export type SendTrouble =
  /** Nothing listens there, or the name is unknown. */
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  /** The line broke after the message was on its way. */
  | 'broken-off'
  /** The gateway says that it cannot take anything now. */
  | 'busy'
  | 'wrong-credentials'
  | 'wrong-recipient'
  /** It refuses this message for another reason. */
  | 'refused'
  /** What came back is no answer that we know. */
  | 'not-understood'
  | 'not-configured';

/** Why a message was not taken. `message`: `TROUBLE: what the gateway said`, one line, never a secret. */
export class SendError extends Error {
  readonly trouble: SendTrouble;
  /** In the gateway's own words; null = it said nothing. */
  readonly said: string | null;
  /** The same message may be given to the same path again: it is certain that it was not taken. */
  readonly retryable: boolean;
  /** It may have left: whoever sends it again sends it twice, perhaps. */
  readonly mayHaveGone: boolean;

  constructor(trouble: SendTrouble, given: { said?: string | null; mayHaveGone?: boolean; retryable?: boolean } = {}) {
    const said = given.said == null || given.said === '' ? null : given.said;
    super(said === null ? trouble : `${trouble}: ${said}`);
    this.name = 'SendError';
    this.trouble = trouble;
    this.said = said;
    this.mayHaveGone = given.mayHaveGone ?? false;
    this.retryable = !this.mayHaveGone && (given.retryable ?? passing.has(trouble));
  }
}

const passing = new Set<SendTrouble>(['unreachable', 'timeout', 'busy']);

/** What somebody else said, fit for a row and a screen: one line, at most 200 characters, none of these secrets. */
export function saidBy(text: string, secrets: readonly (string | undefined)[] = []): string {
  let said = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  for (const secret of secrets) if (secret !== undefined && secret !== '') said = said.replaceAll(secret, '…');
  return said.slice(0, 200);
}
