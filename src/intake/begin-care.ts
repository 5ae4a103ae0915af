import { requestBackup } from '../backups/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { measureSite } from '../sites/index.ts';
import { showIntake } from './show-intake.ts';

/**
 * Starts whatever a paired site still needs (inventory with the measurement, first backup) and is not under way; also the
 * retry of what failed. Safe to call again and again. Work on the site that is neither is waited out by the due loop.
 */
export async function beginCare(platform: Platform, actor: Actor, reference: string): Promise<void> {
  requireScope(actor, 'operate');
  const { site, steps, step } = await showIntake(platform, reference);
  if (site.pairedAt === null || step === 'safe') return;
  const stateOf = (name: string): string => steps.find((one) => one.name === name)?.state ?? 'done';
  const needs = (name: string): boolean => stateOf(name) === 'failed' || stateOf(name) === 'waiting';
  if (needs('inventory') || needs('measure')) await unlessBusy(measureSite(platform, actor, site.id));
  if (needs('backup')) await unlessBusy(requestBackup(platform, actor, { site: site.id, reason: 'by-hand' }));
}

async function unlessBusy(started: Promise<unknown>): Promise<void> {
  try {
    await started;
  } catch (error) {
    if (!(error instanceof NachtwachtError) || error.code !== 'subject-busy') throw error;
  }
}
