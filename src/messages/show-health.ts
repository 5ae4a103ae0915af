import type { z } from 'zod';
import { readMailServer } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { HealthView } from './contract.ts';
import { listProviderRows } from './provider-store.ts';
import { judgeHealth, type HealthRemark, type HealthVerdict } from './rules/judge-health.ts';
import { messageWords } from './words.ts';

/** Can an SMS be sent, over how many paths, and what is not as it should be. */
export async function showHealth(platform: Platform): Promise<z.infer<typeof HealthView>> {
  const rows = await listProviderRows(platform.db);
  const providers = rows.map((row) => ({
    name: row.name,
    means: row.means,
    enabled: row.enabled,
    canaryState: row.canary_state,
    hasCanary: row.canary_to !== null,
  }));
  const canMail = (await readMailServer(platform)) !== undefined;
  const hasPublicUrl = platform.config.publicUrl !== undefined;
  const verdict = judgeHealth({ providers, canMail, hasPublicUrl });
  const working = providers.find((one) => one.means === 'sms' && one.enabled && one.canaryState !== 'failing');
  const { state, canSendSms, paths, workingPaths, canCall, remarks } = verdict;
  const says = inBoth((language) => sentence(verdict, working?.name ?? '', language));
  return {
    state,
    canSendSms,
    paths,
    workingPaths,
    canCall,
    canMail,
    says,
    remarks: remarks.map((one) => inBoth((language) => remark(one, language))),
  };
}

function inBoth(of: (language: 'nl' | 'en') => string): { nl: string; en: string } {
  return { nl: of('nl'), en: of('en') };
}

function sentence(verdict: HealthVerdict, provider: string, language: 'nl' | 'en'): string {
  const { health } = messageWords(language);
  switch (verdict.why) {
    case 'no-sms':
      return health.noSms;
    case 'no-sms-works':
      return health.noSmsWorks;
    case 'one-path':
      return health.onePath(provider);
    default:
      return health.paths(verdict.workingPaths);
  }
}

function remark(one: HealthRemark, language: 'nl' | 'en'): string {
  const { health } = messageWords(language);
  switch (one.what) {
    case 'fails':
      return health.fails(one.provider);
    case 'no-canary':
      return health.noCanary(one.provider);
    case 'no-call':
      return health.noCall;
    case 'no-mail':
      return health.noMail;
    default:
      return health.noPublicUrl;
  }
}
