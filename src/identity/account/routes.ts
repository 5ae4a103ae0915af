import { implement } from '@orpc/server';
import type { ApiContext } from '../actor.ts';
import { changeAccount, type AccountChange } from './change-account.ts';
import { choosePassword, removePasskey } from './change-factors.ts';
import { accountContract } from './contract.ts';
import { endOneSession, endOtherSessions } from './end-sessions.ts';
import { showFactors, showMe, showSessions } from './show-account.ts';

const os = implement(accountContract).$context<ApiContext>();

export const accountRoutes = os.router({
  me: os.me.handler(({ context }) => showMe(context.platform, context.actor)),
  change: os.change.handler(async ({ context, input }) => {
    const { language, theme, name } = input;
    const change: AccountChange = {
      ...(language === undefined ? {} : { language }),
      ...(theme === undefined ? {} : { theme }),
      ...(name === undefined ? {} : { name }),
    };
    await changeAccount(context.platform, context.actor, change);
    return showMe(context.platform, context.actor);
  }),
  factors: os.factors.handler(({ context }) => showFactors(context.platform, context.actor)),
  sessions: os.sessions.handler(({ context }) => showSessions(context.platform, context.actor)),
  endSession: os.endSession.handler(async ({ context, input }) => {
    await endOneSession(context.platform, context.actor, input.session);
    return showSessions(context.platform, context.actor);
  }),
  endOtherSessions: os.endOtherSessions.handler(async ({ context }) => {
    await endOtherSessions(context.platform, context.actor);
    return showSessions(context.platform, context.actor);
  }),
  removePasskey: os.removePasskey.handler(async ({ context, input }) => {
    await removePasskey(context.platform, context.actor, input.passkey);
    return showFactors(context.platform, context.actor);
  }),
  setPassword: os.setPassword.handler(async ({ context, input }) => {
    await choosePassword(context.platform, context.actor, input.password);
    return showFactors(context.platform, context.actor);
  }),
});
