import { dutyKit } from '../oncall/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { DutyReader } from './make-kit.ts';

/** For how long a second location knows who is on duty without hearing from us. */
const kitHours = 7 * 24;

/** Who is on duty in the next seven days, as second locations carry it: nothing of our providers, no codes. */
export function readDuty(platform: Platform): DutyReader {
  return async (now) => {
    const { until, guards, spans, policy } = await dutyKit(platform, now, kitHours);
    return { until, guards, spans: spans.map((span) => ({ ...span, guards: [...span.guards] })), policy };
  };
}
