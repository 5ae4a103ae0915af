import type { CheckOutcome } from '../rules/verdict.ts';
import type { SeenPage } from './seen-page.ts';

/** What is to be looked at. */
export interface CheckTarget {
  /** http: or https:, without user and password. */
  url: string;
  /** Text that is on the page while it is well; null = none is known. */
  keyword: string | null;
  /** Of the body, after decoding; default 1 MiB. What comes after it is not read. */
  maxBodyBytes?: number;
  /** A thing of our own: it may live at a private address. */
  isOurs?: boolean;
  /** From the first question to DNS to the last byte, redirects included; default 10 s. */
  timeoutMs?: number;
}

/** Milliseconds each phase took, added up over all hops of redirects; null = not reached, or not there (TLS of http:). */
export interface Phases {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  /** From the request to the head of the answer. */
  firstByteMs: number | null;
  totalMs: number;
}

/** The certificate of the last hop that showed one, also when it is not accepted. */
export interface SeenCertificate {
  expiresAt: Date;
  /** Name of the organisation that issued it, else its common name. */
  issuer: string;
  /** DNS names and addresses that it is for. */
  names: readonly string[];
}

/** `last-known`: our own resolver is silent, so the address of at most an hour ago was taken. */
export type AddressFrom = 'literal' | 'dns' | 'cache' | 'last-known';

/** One finished check. */
export interface Checked {
  outcome: CheckOutcome;
  phases: Phases;
  /** IP address of the last hop; null = it has none (yet). */
  address: string | null;
  addressFrom: AddressFrom | null;
  certificate: SeenCertificate | null;
  redirects: number;
  /** Where it ended; of a failure: the hop that failed. */
  finalUrl: string;
  /** null = no answer came. */
  page: SeenPage | null;
}
