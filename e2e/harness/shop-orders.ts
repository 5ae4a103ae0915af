import type { Database } from './mariadb.ts';

/** Orders in a shop's database, the one that is being placed at this moment included. */
export function countOrders(db: Pick<Database, 'count'>, prefix: string): Promise<number> {
  return db.count(`SELECT COUNT(*) FROM ${prefix}wc_orders WHERE type = 'shop_order'`);
}

/**
 * What no shop may ever show, one line each: a placed order without items, billing address or its row among the posts,
 * and items of no order. Drafts do not count: WooCommerce writes an order in pieces, and its status last.
 */
export async function brokenOrders(db: Pick<Database, 'sql'>, prefix: string): Promise<string[]> {
  const placed = `FROM ${prefix}wc_orders o WHERE o.type = 'shop_order' AND o.status <> 'wc-checkout-draft'`;
  const parts: [string, string][] = [
    ['no items', `${prefix}woocommerce_order_items x WHERE x.order_id = o.id AND x.order_item_type = 'line_item'`],
    ['no address', `${prefix}wc_order_addresses x WHERE x.order_id = o.id AND x.address_type = 'billing'`],
    ['no post', `${prefix}posts x WHERE x.ID = o.id`],
  ];
  const queries = [
    ...parts.map(([lacks, rows]) => `SELECT o.id, '${lacks}' ${placed} AND NOT EXISTS (SELECT 1 FROM ${rows})`),
    `SELECT x.order_id, 'items of no order' FROM ${prefix}woocommerce_order_items x
      WHERE NOT EXISTS (SELECT 1 FROM ${prefix}wc_orders o WHERE o.id = x.order_id)`,
  ];
  const rows = await db.sql(`${queries.join(';\n')};`);
  return rows.map(([order, what]) => `order ${order}: ${what}`);
}
