import { implement } from '@orpc/server';
import { getCustomer } from '../customers/index.ts';
import type { ApiContext } from '../identity/index.ts';
import { addSite } from './add-site.ts';
import { changeSite } from './change-site.ts';
import { checkSite } from './check-site.ts';
import { Inventory, sitesContract } from './contract.ts';
import { getSite } from './find-site.ts';
import { measureSite } from './measure-site.ts';
import { pairWithSite } from './pair-site.ts';
import { removeSite } from './remove-site.ts';
import { showLimits } from './show-limits.ts';
import { shownSite } from './shown-site.ts';
import { listSites } from './store.ts';
import { unpairSite } from './unpair-site.ts';

const os = implement(sitesContract).$context<ApiContext>();

export const sitesRoutes = os.router({
  list: os.list.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const customer = input.customer === undefined ? undefined : await getCustomer(db, input.customer);
    const filter = { removedToo: input.removedToo, ...(customer ? { customerId: customer.id } : {}) };
    return (await listSites(db, filter)).map(shownSite);
  }),
  show: os.show.handler(async ({ context, input }) => {
    const row = await getSite(context.platform.db, input.site, { removedToo: true });
    return {
      ...shownSite(row),
      inventory: Inventory.parse(row.inventory),
      inventoryAt: row.inventory_at?.toISOString() ?? null,
    };
  }),
  limits: os.limits.handler(({ context, input }) => showLimits(context.platform, input)),
  add: os.add.handler(async ({ context, input }) => {
    const { url, customer, plan, limitBytes, allowHttp } = input;
    const site = { url, customer, allowHttp, ...(plan ? { plan } : {}), ...(limitBytes ? { limitBytes } : {}) };
    return shownSite(await addSite(context.platform, context.actor, site));
  }),
  change: os.change.handler(async ({ context, input }) => {
    const { plan, limitBytes, rate } = input;
    const change = {
      ...(plan ? { plan } : {}),
      ...(limitBytes ? { limitBytes } : {}),
      ...(rate === undefined ? {} : { rate }),
    };
    return shownSite(await changeSite(context.platform, context.actor, input.site, change));
  }),
  remove: os.remove.handler(async ({ context, input }) =>
    shownSite(await removeSite(context.platform, context.actor, input.site)),
  ),
  pair: os.pair.handler(async ({ context, input }) => {
    const { site, code, basicAuth } = input;
    const offer = { site, code, ...(basicAuth ? { basicAuth } : {}) };
    return shownSite(await pairWithSite(context.platform, context.actor, offer));
  }),
  unpair: os.unpair.handler(({ context, input }) => unpairSite(context.platform, context.actor, input)),
  measure: os.measure.handler(({ context, input }) => measureSite(context.platform, context.actor, input.site)),
  check: os.check.handler(({ context, input }) => checkSite(context.platform, context.actor, input)),
});
