import { findIncident, showIncident } from '../../incidents/index.ts';
import { readBranding, readHouse, type Branding } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import type { GuardRow } from '../duty.ts';
import { askedAt, readDuty } from '../on-duty.ts';
import { whoIsAskedNext } from '../show-duty.ts';
import { findGuard } from '../store.ts';
import { findLink } from './link-store.ts';
import { hashOfSecret, isSecret } from './make-link.ts';

/** What a link opens: one guard's view of one incident. */
export interface Opened {
  guard: GuardRow;
  /** The one that stands: what it was merged into, where it was. */
  incidentId: string;
}

/** wrong: no such link, or its guard is none any more. */
export async function openLink(
  platform: Pick<Platform, 'db' | 'clock'>,
  secret: string,
): Promise<Opened | 'wrong' | 'expired'> {
  if (!isSecret(secret)) return 'wrong';
  const { db } = platform;
  const link = await findLink(db, hashOfSecret(secret));
  if (!link) return 'wrong';
  if (link.expires_at <= platform.clock.now()) return 'expired';
  const [guard, incident] = await Promise.all([findGuard(db, link.guard_id), findIncident(db, link.incident_id)]);
  if (!guard || !incident) return 'wrong';
  return { guard, incidentId: incident.merged_into ?? incident.id };
}

export type PageState = 'open' | 'mine' | 'taken' | 'over';

export interface GuardPage {
  at: Date;
  language: Language;
  agency: Branding;
  timeZone: string;
  guard: { id: string; name: string };
  state: PageState;
  incident: Awaited<ReturnType<typeof showIncident>>;
  /** Who is asked when nobody answers; null = nobody is left. */
  next: { id: string; name: string; at: Date } | null;
  /** Whether there is somebody else to hand it over to. */
  canHandOver: boolean;
}

/** All that the page tells, read at one moment. `language`: chosen on the page; else the guard's own. */
export async function readGuardPage(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  { guard, incidentId }: Opened,
  language: Language | undefined,
): Promise<GuardPage> {
  const { db } = platform;
  const at = platform.clock.now();
  const [incident, row, agency, { timeZone }, duty] = await Promise.all([
    showIncident(platform, incidentId),
    findIncident(db, incidentId),
    readBranding(platform),
    readHouse(platform),
    readDuty(db, at),
  ]);
  const state: PageState =
    incident.resolvedAt !== null
      ? 'over'
      : incident.acknowledged === null
        ? 'open'
        : row?.acknowledged_by === `guard:${guard.id}`
          ? 'mine'
          : 'taken';
  const next = state === 'open' ? await whoIsAskedNext(platform, incidentId, duty, timeZone, at) : null;
  const others = askedAt(duty, timeZone, at).filter((one) => one.guard.id !== guard.id && one.guard.phone !== null);
  return {
    at,
    language: language ?? guard.language,
    agency,
    timeZone,
    guard: { id: guard.id, name: guard.name },
    state,
    incident,
    next: next && { ...next.guard, at: new Date(next.at) },
    canHandOver: others.length > 0,
  };
}
