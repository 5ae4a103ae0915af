import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { makeCalendar, revokeCalendar } from './calendar/make-calendar.ts';
import { changeMyself, removeGuard, saveGuard } from './change-guards.ts';
import { changePolicy } from './change-policy.ts';
import { addOverrides, removeOverride, removeRota, saveRota } from './change-rotas.ts';
import { oncallContract, type Guard, type Override } from './contract.ts';
import { guardNotFound, rotaNotFound } from './errors.ts';
import { showGuards, showMine, showNow, showOverrides, showPlan, showRotas } from './show-duty.ts';
import { showPolicy } from './show-policy.ts';
import { sendTestMessage } from './send-trial.ts';

const os = implement(oncallContract).$context<ApiContext>();

export const oncallRoutes = os.router({
  now: os.now.handler(({ context }) => showNow(context.platform)),
  guards: os.guards.handler(({ context }) => showGuards(context.platform)),
  saveGuard: os.saveGuard.handler(async ({ context: { platform, actor }, input }) =>
    guardOf(platform, await saveGuard(platform, actor, input)),
  ),
  removeGuard: os.removeGuard.handler(async ({ context: { platform, actor }, input }) => {
    await removeGuard(platform, actor, input.guard);
    return { ok: true };
  }),
  changeMyself: os.changeMyself.handler(async ({ context: { platform, actor }, input }) =>
    guardOf(platform, await changeMyself(platform, actor, input)),
  ),
  rotas: os.rotas.handler(({ context }) => showRotas(context.platform)),
  saveRota: os.saveRota.handler(async ({ context: { platform, actor }, input }) => {
    const id = await saveRota(platform, actor, input);
    const saved = (await showRotas(platform)).find((one) => one.id === id);
    if (!saved) throw rotaNotFound();
    return saved;
  }),
  removeRota: os.removeRota.handler(async ({ context: { platform, actor }, input }) => {
    await removeRota(platform, actor, input.rota);
    return { ok: true };
  }),
  plan: os.plan.handler(({ context, input }) => showPlan(context.platform, input)),
  addOverride: os.addOverride.handler(async ({ context: { platform, actor }, input }) => {
    const ids = await addOverrides(platform, actor, [{ ...input, from: new Date(input.from), to: new Date(input.to) }]);
    const [added] = await overridesOf(platform, ids);
    if (!added) throw rotaNotFound();
    return added;
  }),
  swap: os.swap.handler(async ({ context: { platform, actor }, input: { rota, note, one, other } }) => {
    const both = [one, other].map(({ guard, from, to }) => ({
      rota,
      note,
      guard,
      from: new Date(from),
      to: new Date(to),
    }));
    return overridesOf(platform, await addOverrides(platform, actor, both));
  }),
  removeOverride: os.removeOverride.handler(async ({ context: { platform, actor }, input }) => {
    await removeOverride(platform, actor, input.override);
    return { ok: true };
  }),
  policy: os.policy.handler(({ context }) => showPolicy(context.platform)),
  changePolicy: os.changePolicy.handler(async ({ context: { platform, actor }, input }) => {
    await changePolicy(platform, actor, input);
    return showPolicy(platform);
  }),
  makeCalendar: os.makeCalendar.handler(({ context: { platform, actor } }) => makeCalendar(platform, actor)),
  revokeCalendar: os.revokeCalendar.handler(async ({ context: { platform, actor } }) => {
    await revokeCalendar(platform, actor);
    return { ok: true };
  }),
  mine: os.mine.handler(({ context: { platform, actor } }) => showMine(platform, actor)),
  testMessage: os.testMessage.handler(({ context: { platform, actor }, input }) =>
    sendTestMessage(platform, actor, input.guard),
  ),
});

async function guardOf(platform: Platform, id: string): Promise<Guard> {
  const found = (await showGuards(platform)).find((one) => one.id === id);
  if (!found) throw guardNotFound();
  return found;
}

/** Those that were just made: also the ones that are over already. */
async function overridesOf(platform: Platform, ids: readonly string[]): Promise<Override[]> {
  return (await showOverrides(platform, new Date(0))).filter((one) => ids.includes(one.id));
}
