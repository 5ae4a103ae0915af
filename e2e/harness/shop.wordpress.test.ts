import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOrders } from './seed-orders.ts';
import { keepOrdering, productIds, simulateHour } from './shop-hour.ts';
import { updateWooCommerce } from './shop.ts';
import { startSite } from './start-site.ts';
import { whyNoPackages } from './store-packages.ts';
import type { TestSite } from './test-site.ts';
import { judge } from './visit.ts';

const missing = whyNoPackages();

describe.skipIf(missing !== undefined)(
  `a real WooCommerce shop${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let site: TestSite;

    beforeAll(async () => {
      site = await startSite({ connector: false, shop: true });
    });

    afterAll(async () => {
      await site.stop();
    });

    it('sells: shop, product, cart and checkout answer', async () => {
      for (const path of ['/', '/shop/', '/product/lantaarn-nr-1/', '/cart/', '/checkout/'])
        expect({ path, ...judge(await site.visit(path), site.keyword) }).toMatchObject({ path, ok: true });
    });

    it('holds seeded orders that WooCommerce itself reads', async () => {
      const rows = await seedOrders(site, 2000);
      expect(rows).toMatchObject({
        wc_orders: 2000,
        woocommerce_order_items: 2500,
        woocommerce_order_itemmeta: 25_000,
      });
      const read = await site.runPhp(`
      $order = wc_get_orders(['limit' => 1, 'orderby' => 'id', 'order' => 'DESC', 'status' => 'completed'])[0];
      $item = array_values($order->get_items())[0];
      echo json_encode([count($order->get_items()) > 0, $order->get_total() > 0, $item->get_product() !== false, $order->get_billing_city()]);`);
      expect(JSON.parse(read)).toEqual([true, true, true, 'Utrecht']);
    });

    it('lives through an hour of orders, stock changes, options and uploads', async () => {
      const before = await site.db.count(`SELECT COUNT(*) FROM ${site.tablePrefix}wc_orders`);
      const hour = await simulateHour(site, { orders: 6, stockChanges: 30 });
      expect(hour).toMatchObject({ orders: 6, stockChanges: 30, uploads: 5 });
      expect(await site.db.count(`SELECT COUNT(*) FROM ${site.tablePrefix}wc_orders`)).toBe(before + 6);
    });

    it('takes orders in a stream', async () => {
      const stream = keepOrdering(site, await productIds(site), 1);
      await expect.poll(() => stream.placed.length, { timeout: 30_000 }).toBeGreaterThan(2);
      const placed = await stream.stop();
      expect(new Set(placed.map((order) => order.id)).size).toBe(placed.length);
    });

    it('is updated across a major version', async () => {
      await updateWooCommerce(site, '11.0.1');
      expect(await site.runPhp("echo WC()->version, ' ', get_option('woocommerce_db_version');")).toBe('11.0.1 11.0.1');
      await site.mustWork('/shop/');
    });
  },
);
