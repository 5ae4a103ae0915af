export { requireScope, systemActor, type Actor, type ApiContext } from './actor.ts';
export { authenticate } from './authenticate.ts';
export { createToken } from './create-token.ts';
export { writeLocalAccess } from './local-token.ts';
