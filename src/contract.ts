import { auditContract } from './audit/contract.ts';
import { backupsContract } from './backups/contract.ts';
import { momentsContract } from './backups/moments/contract.ts';
import { restoresContract } from './backups/restore/contract.ts';
import { customersContract } from './customers/contract.ts';
import { dutiesContract } from './duties/contract.ts';
import { drillsContract } from './drills/contract.ts';
import { accountContract } from './identity/account/contract.ts';
import { identityContract } from './identity/contract.ts';
import { peopleContract } from './identity/people/contract.ts';
import { monitoringContract } from './monitoring/contract.ts';
import { healthContract } from './monitoring/health/contract.ts';
import { messagesContract } from './messages/contract.ts';
import { incidentsContract } from './incidents/contract.ts';
import { oncallContract } from './oncall/contract.ts';
import { overviewContract } from './overview/contract.ts';
import { probesContract } from './probes/contract.ts';
import { portalContract, requestsContract } from './portal/contract.ts';
import { intakeContract } from './intake/contract.ts';
import { runsContract } from './runs/contract.ts';
import { settingsContract } from './settings/contract.ts';
import { sitesContract } from './sites/contract.ts';
import { statusPagesContract } from './status-pages/contract.ts';

/** Everything that web, CLI and scripts can ask of Nachtwacht. A capability adds its contract here in one line. */
export const contract = {
  account: accountContract,
  audit: auditContract,
  backups: backupsContract,
  customers: customersContract,
  drills: drillsContract,
  duties: dutiesContract,
  health: healthContract,
  messages: messagesContract,
  moments: momentsContract,
  monitoring: monitoringContract,
  incidents: incidentsContract,
  oncall: oncallContract,
  overview: overviewContract,
  people: peopleContract,
  portal: portalContract,
  probes: probesContract,
  requests: requestsContract,
  restores: restoresContract,
  intake: intakeContract,
  runs: runsContract,
  settings: settingsContract,
  sites: sitesContract,
  statusPages: statusPagesContract,
  tokens: identityContract,
};
