import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { changeMail, sendTestMail } from './change-mail.ts';
import { changeSettings, notAColour } from './change-settings.ts';
import { changeStorage, changeStoreKeys, tryStorage } from './change-storage.ts';
import { settingsContract } from './contract.ts';
import { exportKeys, listKeyStates } from './export-keys.ts';
import { previewRetention } from './preview-retention.ts';
import { judgeAccent, normalColour } from './rules/accent.ts';
import { setLogo } from './set-logo.ts';
import { showSettings } from './show-settings.ts';
import { mailProblemInWords, storeProblemInWords, type Told } from './words.ts';

const os = implement(settingsContract).$context<ApiContext>();

export const settingsRoutes = os.router({
  show: os.show.handler(({ context }) => showSettings(context.platform)),
  change: os.change.handler(({ context, input }) =>
    afterwards(context.platform, changeSettings(context.platform, context.actor, input)),
  ),
  accent: os.accent.handler(({ input }) => {
    const colour = normalColour(input.colour);
    if (colour === undefined) throw notAColour(input.colour);
    return judgeAccent(colour);
  }),
  setLogo: os.setLogo.handler(async ({ context, input }) => {
    const picture = input.picture === null ? undefined : Buffer.from(input.picture, 'base64');
    return { logo: await setLogo(context.platform, context.actor, picture) };
  }),
  testStorage: os.testStorage.handler(async ({ context, input }) => {
    const { ok, done, problem } = await tryStorage(context.platform, context.actor, input);
    return { ok, done, problem: problem && inBoth(problem, (language) => storeProblemInWords(problem, language)) };
  }),
  changeStorage: os.changeStorage.handler(({ context, input }) =>
    afterwards(context.platform, changeStorage(context.platform, context.actor, input)),
  ),
  changeStoreKeys: os.changeStoreKeys.handler(({ context, input }) =>
    afterwards(context.platform, changeStoreKeys(context.platform, context.actor, input)),
  ),
  changeMail: os.changeMail.handler(({ context, input }) =>
    afterwards(context.platform, changeMail(context.platform, context.actor, input.mail)),
  ),
  testMail: os.testMail.handler(async ({ context, input }) => {
    const { ok, serverSaid, problem } = await sendTestMail(context.platform, context.actor, input);
    const told = problem && inBoth(problem, (language) => mailProblemInWords(problem, language));
    return { ok, serverSaid, problem: told };
  }),
  previewRetention: os.previewRetention.handler(({ context, input }) => previewRetention(context.platform, input)),
  keys: os.keys.handler(async ({ context }) =>
    (await listKeyStates(context.platform)).map(({ site, repository, due }) => ({
      site: { id: site.id, url: site.url, removed: site.removed_at !== null },
      customer: { id: site.customer_id, name: site.customer_name },
      place: repository.address,
      passwordSetAt: repository.passwordSetAt.toISOString(),
      exportedAt: repository.exportedAt?.toISOString() ?? null,
      due,
    })),
  ),
  exportKeys: os.exportKeys.handler(({ context, input }) => exportKeys(context.platform, context.actor, input)),
});

async function afterwards(platform: Platform, change: Promise<void>): ReturnType<typeof showSettings> {
  await change;
  return showSettings(platform);
}

function inBoth(problem: { code: string }, wordsOf: (language: 'nl' | 'en') => Told) {
  const [nl, en] = [wordsOf('nl'), wordsOf('en')];
  return { code: problem.code, says: { nl: nl[0], en: en[0] }, next: { nl: nl[1], en: en[1] } };
}
