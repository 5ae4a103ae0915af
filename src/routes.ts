import { auditRoutes } from './audit/routes.ts';
import { backupsRoutes } from './backups/routes.ts';
import { momentsRoutes } from './backups/moments/routes.ts';
import { restoresRoutes } from './backups/restore/routes.ts';
import { customersRoutes } from './customers/routes.ts';
import { dutiesRoutes } from './duties/routes.ts';
import { drillsRoutes } from './drills/routes.ts';
import { accountRoutes } from './identity/account/routes.ts';
import { peopleRoutes } from './identity/people/routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { monitoringRoutes } from './monitoring/routes.ts';
import { healthRoutes } from './monitoring/health/routes.ts';
import { messagesRoutes } from './messages/routes.ts';
import { incidentsRoutes } from './incidents/routes.ts';
import { oncallRoutes } from './oncall/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { probesRoutes } from './probes/routes.ts';
import { portalRoutes, requestsRoutes } from './portal/routes.ts';
import { intakeRoutes } from './intake/routes.ts';
import { runsRoutes } from './runs/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { sitesRoutes } from './sites/routes.ts';
import { statusPagesRoutes } from './status-pages/routes.ts';

/** What answers each part of the contract. A capability adds its routes here in one line, as it does in contract.ts. */
export const routes = {
  account: accountRoutes,
  audit: auditRoutes,
  backups: backupsRoutes,
  customers: customersRoutes,
  drills: drillsRoutes,
  duties: dutiesRoutes,
  health: healthRoutes,
  messages: messagesRoutes,
  moments: momentsRoutes,
  monitoring: monitoringRoutes,
  incidents: incidentsRoutes,
  oncall: oncallRoutes,
  overview: overviewRoutes,
  people: peopleRoutes,
  portal: portalRoutes,
  probes: probesRoutes,
  requests: requestsRoutes,
  restores: restoresRoutes,
  intake: intakeRoutes,
  runs: runsRoutes,
  settings: settingsRoutes,
  sites: sitesRoutes,
  statusPages: statusPagesRoutes,
  tokens: identityRoutes,
};
