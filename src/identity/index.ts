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
export { freshMinutes, requireFreshSignIn } from './require-fresh-sign-in.ts';
export { writeLocalAccess } from './local-token.ts';
export { answerSignIn } from './sign-in/answer-sign-in.ts';
export { authenticateSession } from './sign-in/authenticate-session.ts';
export { publicUrl } from './people/public-url.ts';
export { listPeople } from './people/store.ts';
export { makeFirstLink, makeResetLink } from './people/machine-links.ts';
export { signInTidyLoop } from './sign-in/tidy-sign-in.ts';
