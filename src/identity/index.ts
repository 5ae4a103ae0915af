export {
  notAllowed,
  requireScope,
  roles,
  scopeOfRole,
  systemActor,
  type Actor,
  type ApiContext,
  type Role,
} from './actor.ts';
export { authenticate } from './authenticate.ts';
export { createToken } from './create-token.ts';
export { writeLocalAccess } from './local-token.ts';
