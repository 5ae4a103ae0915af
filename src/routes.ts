import { auditRoutes } from './audit/routes.ts';
import { backupsRoutes } from './backups/routes.ts';
import { momentsRoutes } from './backups/moments/routes.ts';
import { restoresRoutes } from './backups/restore/routes.ts';
import { customersRoutes } from './customers/routes.ts';
import { dutiesRoutes } from './duties/routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { portalRoutes, requestsRoutes } from './portal/routes.ts';
import { runsRoutes } from './runs/routes.ts';
import { sitesRoutes } from './sites/routes.ts';

/** What answers each part of the contract. A capability adds its routes here in one line, as it does in contract.ts. */
export const routes = {
  audit: auditRoutes,
  backups: backupsRoutes,
  customers: customersRoutes,
  duties: dutiesRoutes,
  moments: momentsRoutes,
  overview: overviewRoutes,
  portal: portalRoutes,
  requests: requestsRoutes,
  restores: restoresRoutes,
  runs: runsRoutes,
  sites: sitesRoutes,
  tokens: identityRoutes,
};
