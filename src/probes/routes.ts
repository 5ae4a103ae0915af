import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { readHouse } from '../platform/house/index.ts';
import { probesContract } from './contract.ts';
import { inviteProbe } from './invite-probe.ts';
import { removeProbe } from './remove-probe.ts';
import { timesOf } from './rules/times.ts';
import { shownProbe } from './shown-probe.ts';
import { listProbes } from './store.ts';
import { joinCommand } from './words.ts';

const os = implement(probesContract).$context<ApiContext>();

export const probesRoutes = os.router({
  list: os.list.handler(async ({ context: { platform } }) => {
    const times = timesOf(platform.config.timeScale);
    const [rows, now] = [await listProbes(platform.db), platform.clock.now()];
    const probes = rows.map((row) => shownProbe(row, now, times));
    return { probes, silentAfterSeconds: Math.round(times.silentMs / 1000) };
  }),
  invite: os.invite.handler(async ({ context: { platform, actor }, input }) => {
    const { probe, token, expiresAt, url } = await inviteProbe(platform, actor, input);
    const { language } = await readHouse(platform);
    return {
      probe: shownProbe(probe, platform.clock.now(), timesOf(platform.config.timeScale)),
      token,
      expiresAt: expiresAt.toISOString(),
      command: joinCommand(url, token, language),
    };
  }),
  remove: os.remove.handler(async ({ context: { platform, actor }, input }) => {
    const { id, name } = await removeProbe(platform, actor, input.probe);
    return { id, name };
  }),
});
