import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What somebody may do; each may do what those before it may. `own`: a customer, with what is his. */
export const scopes = ['own', 'read', 'operate', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What an API token may be given: never `own`, for a token is nobody's customer. */
export const tokenScopes = ['read', 'operate', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Every procedure says which scope it needs; one that does not is refused to everybody. */
export interface ProcedureMeta {
  scope: Scope | 'nobody';
}

/** Start of every procedure of the contract. `path` is that of the plain HTTP form under `/api`. */
export function procedure(scope: Scope, method: 'GET' | 'POST' | 'DELETE', path: `/${string}`, summary: string) {
  return oc.$meta<ProcedureMeta>({ scope: 'nobody' }).meta({ scope }).route({ method, path, summary });
}

/** A moment in the contract: ISO 8601 in UTC. */
export const moment = z.iso.datetime();

/** Whether a scope includes another. */
export function includesScope(has: Scope, needs: Scope): boolean {
  return scopes.indexOf(has) >= scopes.indexOf(needs);
}
