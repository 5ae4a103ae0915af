import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { shownSite } from '../sites/index.ts';
import { beginCare } from './begin-care.ts';
import { intakeContract, type IntakeView } from './contract.ts';
import { lookAtAddress } from './look-at-address.ts';
import { askForPlugin, listUnfinished, showIntake } from './show-intake.ts';
import { findingInWords } from './words.ts';

const os = implement(intakeContract).$context<ApiContext>();
const lookEveryMs = 500;
/** A person is putting the plugin on the site meanwhile: often enough to feel at once, seldom enough to be polite. */
const askPluginEveryMs = 4000;

async function* follow(
  platform: Platform,
  site: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<IntakeView, void, void> {
  let before = '';
  let plugin: IntakeView['plugin'] = 'unknown';
  let askedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const view = await showIntake(platform, site, { plugin });
    const now = JSON.stringify(view);
    if (now !== before) yield view;
    before = now;
    if (view.step === 'safe') return;
    if (view.site.pairedAt === null && platform.clock.monotonicMs() - askedAt >= askPluginEveryMs) {
      plugin = await askForPlugin(platform, site, signal);
      askedAt = platform.clock.monotonicMs();
    }
    await platform.clock.sleep(lookEveryMs, signal);
  }
}

export const intakeRoutes = os.router({
  look: os.look.handler(async ({ context, input }) => {
    const { findings, ...rest } = await lookAtAddress(context.platform, context.actor, input);
    return { ...rest, findings: findings.map((one) => ({ ...one, ...findingInWords(one.code) })) };
  }),
  show: os.show.handler(({ context, input }) => showIntake(context.platform, input.site)),
  watch: os.watch.handler(async ({ context, input, signal }) => {
    // Before the stream begins, so that an unknown site is an ordinary answer.
    const { site } = await showIntake(context.platform, input.site);
    return follow(context.platform, site.id, signal);
  }),
  unfinished: os.unfinished.handler(async ({ context }) =>
    (await listUnfinished(context.platform)).map(({ site, verdict }) => ({
      site: shownSite(site),
      step: verdict.step,
      reason: verdict.reason,
    })),
  ),
  begin: os.begin.handler(async ({ context, input }) => {
    await beginCare(context.platform, context.actor, input.site);
    return showIntake(context.platform, input.site);
  }),
});
