import { implement } from '@orpc/server';
import { getCustomer } from '../customers/index.ts';
import type { ApiContext } from '../identity/index.ts';
import { getSite } from '../sites/index.ts';
import { answerRequest } from './answer-request.ts';
import { askRestore } from './ask-restore.ts';
import { portalContract, requestsContract } from './contract.ts';
import { getOwnSite, ownCustomer } from './own-site.ts';
import { showMyMoments, showMySite, showMySites } from './show-my-sites.ts';
import { shownToCustomer, shownToOperator } from './shown-request.ts';
import { listRequests } from './store.ts';
import { inBackground, tellCustomer, tellOperators } from './tell-request.ts';
import { withdrawRequest } from './withdraw-request.ts';

const os = implement(portalContract).$context<ApiContext>();

export const portalRoutes = os.router({
  sites: os.sites.handler(({ context }) => showMySites(context.platform, context.actor)),
  site: os.site.handler(({ context, input }) => showMySite(context.platform, context.actor, input.site)),
  snapshots: os.snapshots.handler(({ context, input }) => showMyMoments(context.platform, context.actor, input)),
  requests: os.requests.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const customerId = ownCustomer(context.actor);
    const site = input.site === undefined ? undefined : await getOwnSite(db, context.actor, input.site);
    const rows = await listRequests(db, { customerId, ...(site ? { siteId: site.id } : {}), limit: 200 });
    return rows.map(shownToCustomer);
  }),
  askRestore: os.askRestore.handler(async ({ context, input }) => {
    const { platform, actor } = context;
    const request = await askRestore(platform, actor, input);
    inBackground(platform, tellOperators(platform, request));
    return shownToCustomer(request);
  }),
  withdraw: os.withdraw.handler(async ({ context, input }) =>
    shownToCustomer(await withdrawRequest(context.platform, context.actor, input.request)),
  ),
});

const forUs = implement(requestsContract).$context<ApiContext>();

export const requestsRoutes = forUs.router({
  list: forUs.list.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const customer = input.customer === undefined ? undefined : await getCustomer(db, input.customer);
    const site = input.site === undefined ? undefined : await getSite(db, input.site, { removedToo: true });
    const rows = await listRequests(db, {
      waitingOnly: input.openOnly,
      limit: input.limit,
      ...(customer ? { customerId: customer.id } : {}),
      ...(site ? { siteId: site.id } : {}),
    });
    return rows.map(shownToOperator);
  }),
  answer: forUs.answer.handler(async ({ context, input }) => {
    const { platform, actor } = context;
    const request = await answerRequest(platform, actor, input);
    inBackground(platform, tellCustomer(platform, request));
    return shownToOperator(request);
  }),
});
