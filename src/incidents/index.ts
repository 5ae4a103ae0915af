export {
  acknowledgeIncident,
  getIncident,
  handOverIncident,
  noteCause,
  noteIncident,
  reopenIncident,
  sayDone,
  type Answering,
  type Taken,
} from './answer-incident.ts';
export { findAlarmTimes, type AlarmTimes } from './alarm-store.ts';
export { availabilityOf, outagesBetween, type Availability, type OutageSpan } from './availability.ts';
export { groupLoop } from './group-outages.ts';
export type { EventKind, IncidentKind, IncidentRow, IncidentSiteRow, Urgency } from './incident.ts';
export { openIncident, openPartial, resolveIncident, type NewlySeen } from './open-incident.ts';
export { openOutage, outageId, type OutageSeen } from './open-outage.ts';
export { recordIncidentEvent } from './record-event.ts';
export { countAfterWork } from './count-after-work.ts';
export { monthBefore, monthOf } from './rules/month.ts';
export { resolveOutage } from './resolve-outage.ts';
export { listOpenIncidents } from './list-incidents.ts';
export { showIncident } from './show-incident.ts';
export { findIncident, giveUp, listSites as listIncidentSites, listOpenOfKind, listUnanswered } from './store.ts';
export { entryInWords, incidentInWords, incidentWords } from './words.ts';
