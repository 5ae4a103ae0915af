export { overdueLoop } from './alarm-overdue.ts';
export { dischargeDuty } from './discharge-duty.ts';
export { openDuty, withdrawDuties } from './open-duty.ts';
export { dailyWindow, hourlyWindow, type DutyWindow } from './rules/due-times.ts';
export { isOverdue } from './rules/settle-duties.ts';
export { countDuties, listDuties, type DutyRow } from './store.ts';
