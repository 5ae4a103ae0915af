import { NachtwachtError } from '../platform/errors.ts';
import { includesScope, type Scope } from '../platform/http/procedure.ts';
import type { Platform } from '../platform/platform.ts';

/** Who does something. Every verb that writes gets one and checks it. */
export interface Actor {
  /** For the audit trail: `token:<name>` or `system:<part>`. */
  name: string;
  scope: Scope;
  tokenId?: string;
}

/** What every route gets. */
export interface ApiContext {
  platform: Platform;
  actor: Actor;
}

/** Nachtwacht itself at work (a due loop, a saga). Never made from anything that came by the network. */
export function systemActor(part: string): Actor {
  return { name: `system:${part}`, scope: 'admin' };
}

/** Throws unless this actor may do what needs `scope`. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (includesScope(actor.scope, scope)) return;
  throw new NachtwachtError({
    code: 'not-allowed',
    kind: 'not-allowed',
    message: `This token may only "${actor.scope}"; this needs "${scope}".`,
    nextStep: `Use a token with the scope ${scope}: nachtwacht token create NAME --scope ${scope}`,
    retryable: false,
  });
}
