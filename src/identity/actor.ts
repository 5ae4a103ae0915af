import { NachtwachtError } from '../platform/errors.ts';
import { includesScope, type Scope } from '../platform/http/procedure.ts';
import type { Platform } from '../platform/platform.ts';
import type { Language } from '../platform/words.ts';

export const roles = ['operator', 'guard', 'customer'] as const;
/** What a person is to the agency. */
export type Role = (typeof roles)[number];

/** What each role may do. */
export const scopeOfRole: Record<Role, Scope> = { operator: 'admin', guard: 'operate', customer: 'own' };

/** Who does something. Every verb that writes gets one and checks it. */
export interface Actor {
  /** For the audit trail: `token:<name>`, `person:<email>` or `system:<part>`. */
  name: string;
  scope: Scope;
  kind: 'token' | 'person' | 'system';
  tokenId?: string;
  /** These are there for a person. */
  userId?: string;
  role?: Role;
  email?: string;
  language?: Language;
  sessionId?: string;
  /** When this session last proved who it is (password, passkey). */
  signedInAt?: Date;
  /** An operator or guard without a second factor yet: only his own account is open to him, with the scope `own`. */
  mustSetUp?: boolean;
  /** There for the role customer, and only for it: whose sites are his. */
  customerId?: string;
}

/** What every route gets. */
export interface ApiContext {
  platform: Platform;
  actor: Actor;
  /** For lines of log about this request. */
  requestId?: string;
}

/** Nachtwacht itself at work (a due loop, a saga). Never made from anything that came by the network. */
export function systemActor(part: string): Actor {
  return { name: `system:${part}`, scope: 'admin', kind: 'system' };
}

/** Throws unless this actor may do what needs `scope`. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (!includesScope(actor.scope, scope)) throw notAllowed(actor, scope);
}

/** The refusal in the terms of who asked: a token has a scope, a person a role. */
export function notAllowed(actor: Actor, needs: Scope | 'nobody'): NachtwachtError {
  if (actor.mustSetUp === true) return setUpFirst();
  const [message, nextStep] = actor.kind === 'person' ? toPerson(needs) : toToken(actor, needs);
  return new NachtwachtError({
    code: 'not-allowed',
    kind: 'not-allowed',
    message,
    nextStep,
    retryable: false,
    details: { needs },
  });
}

function setUpFirst(): NachtwachtError {
  return new NachtwachtError({
    code: 'second-factor-needed',
    kind: 'not-allowed',
    message: 'Your account has no second way to sign in yet.',
    nextStep: 'Set up a passkey or a code from an app on the page of your account; then everything opens.',
    retryable: false,
  });
}

function toPerson(needs: Scope | 'nobody'): [message: string, nextStep: string] {
  if (needs === 'nobody') return ['Nobody may do this.', 'Tell the maker of Nachtwacht: this endpoint names no scope.'];
  const wanted = needs === 'admin' ? 'an operator' : 'an operator or a guard';
  return [`Your account may not do this; it is for ${wanted}.`, `Ask ${wanted} to do it, or to change your role.`];
}

function toToken(actor: Actor, needs: Scope | 'nobody'): [message: string, nextStep: string] {
  return [
    `This token may only "${actor.scope}"; this needs "${needs}".`,
    `Use a token with the scope ${needs}: nachtwacht token create NAME --scope ${needs}`,
  ];
}
