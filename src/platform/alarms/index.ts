export { clearAlarm, countStandingAlarms, listAlarms, raiseAlarm, type AlarmRow } from './alarms-store.ts';
