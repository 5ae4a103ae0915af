import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { drillFailure, type Drill, type DrillSettings } from './contract.ts';
import { drillTimes } from './drill-times.ts';
import { findObstacle, type Obstacle } from './obstacle.ts';
import { nextDue } from './rules/due.ts';
import { findGuardName, listDrills, readSettings, type DrillRow, type DrillSettingsRow } from './store.ts';

export interface ShownDrills {
  drills: Drill[];
  settings: DrillSettings;
  nextAt: string | null;
  obstacle: Obstacle | null;
  timeZone: string;
  goalSeconds: number;
}

export async function showDrills(platform: Platform, limit: number): Promise<ShownDrills> {
  const { db, clock, config } = platform;
  const [rows, settings, { timeZone }, obstacle] = await Promise.all([
    listDrills(db, limit),
    readSettings(db),
    readHouse(platform),
    findObstacle(platform),
  ]);
  return {
    drills: rows.map(shownDrill),
    settings: await shownSettings(platform, settings),
    nextAt: settings.enabled ? nextDue(clock.now(), settings, timeZone).toISOString() : null,
    obstacle,
    timeZone,
    goalSeconds: Math.round(drillTimes(config).goalMs / 1000),
  };
}

export async function shownSettings(platform: Platform, row: DrillSettingsRow): Promise<DrillSettings> {
  const { enabled, day, time, guard_id: id } = row;
  const name = id === null ? undefined : await findGuardName(platform.db, id);
  return { enabled, day, time, guard: id === null || name === undefined ? null : { id, name } };
}

export function shownDrill(row: DrillRow): Drill {
  const { down_at: downAt } = row;
  const seconds = (at: Date | null): number | null =>
    at === null || downAt === null ? null : Math.max(0, Math.round((at.getTime() - downAt.getTime()) / 1000));
  return {
    id: row.id,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    startedBy: row.started_by,
    downAt: downAt?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    seconds: {
      confirmed: seconds(row.confirmed_at),
      accepted: seconds(row.accepted_at),
      delivered: seconds(row.delivered_at),
      acknowledged: seconds(row.acknowledged_at),
    },
    failure: drillFailure.safeParse(row.note).data ?? null,
    incident: row.incident_id,
  };
}
