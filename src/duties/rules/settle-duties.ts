/** An open duty as far as settling it matters. */
export interface OpenDuty {
  id: number;
  opensAt: Date;
  due: Date;
  closesAt: Date;
}

export interface Settlement {
  id: number;
  state: 'kept' | 'late' | 'missed';
  reason: 'in-time' | 'after-due' | 'next-one-kept';
}

/**
 * What evidence of a moment (a snapshot's time) does to the open duties of its kind and subject: it keeps the one in
 * whose window it lies; those whose window had closed by then were missed, for good. Later ones stay open.
 */
export function settleDuties(evidenceAt: Date, open: OpenDuty[]): Settlement[] {
  const at = evidenceAt.getTime();
  const settlements: Settlement[] = [];
  for (const duty of open) {
    if (at < duty.opensAt.getTime()) continue;
    if (at >= duty.closesAt.getTime()) settlements.push({ id: duty.id, state: 'missed', reason: 'next-one-kept' });
    else if (at <= duty.due.getTime()) settlements.push({ id: duty.id, state: 'kept', reason: 'in-time' });
    else settlements.push({ id: duty.id, state: 'late', reason: 'after-due' });
  }
  return settlements;
}

/**
 * Is it time for the alarm? Work that began in time may end a little after the due moment (evidence counts by its own
 * time), so there is a grace: a twelfth of the window, 5 minutes of an hour, at most 15 minutes.
 */
export function isOverdue(now: Date, duty: Pick<OpenDuty, 'opensAt' | 'due'>): boolean {
  const window = duty.due.getTime() - duty.opensAt.getTime();
  return now.getTime() > duty.due.getTime() + Math.min(window / 12, 15 * 60_000);
}
