import { requestBackup } from '../backups/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { factsOf } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/** What came of asking for one: the run that makes it, or why there is none. */
export interface AskedBackup {
  site: string;
  runId: string | null;
  error: { code: string; message: string; nextStep: string } | null;
}

/**
 * Asks for a backup of several sites (ids). One that cannot be backed up now does not keep the others from it.
 * Every backup asked for has its own row in the audit trail.
 */
export async function backUpSites(platform: Platform, actor: Actor, sites: readonly string[]): Promise<AskedBackup[]> {
  requireScope(actor, 'operate');
  const asked: AskedBackup[] = [];
  for (const site of new Set(sites)) {
    try {
      const { runId } = await requestBackup(platform, actor, { site, reason: 'by-hand' });
      asked.push({ site, runId, error: null });
    } catch (thrown) {
      const { code, kind, message, nextStep } = factsOf(thrown);
      if (kind === 'internal') throw thrown;
      asked.push({ site, runId: null, error: { code, message, nextStep } });
    }
  }
  return asked;
}
