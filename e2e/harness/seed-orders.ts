import type { TestSite } from './test-site.ts';

/** Rows that were put in, by table without its prefix. */
export type SeededRows = Record<string, number>;

/**
 * Fills a shop with past orders straight in WooCommerce's own tables, in the shape that a real order of WooCommerce 10.9
 * leaves there (seen by dumping before and after one): orders over three years, a tenth as many customers, order notes,
 * analytics, finished scheduled actions and running sessions. 100,000 orders are 3.1 million rows, 740 MB in InnoDB, made in 15 s.
 */
export async function seedOrders(site: TestSite, orders: number): Promise<SeededRows> {
  const statements = seedStatements(site.tablePrefix, orders);
  const before = await countRows(site, Object.keys(statements));
  await site.db.sql(
    [
      preparation(site.tablePrefix),
      ...Object.values(statements),
      'SET unique_checks=1; SET foreign_key_checks=1;',
    ].join('\n'),
  );
  // InnoDB counts by sampling; the plugin reads these estimates.
  await site.db.sql(
    `ANALYZE TABLE ${Object.keys(statements)
      .map((name) => site.tablePrefix + name)
      .join(', ')};`,
  );
  const after = await countRows(site, Object.keys(statements));
  return Object.fromEntries(Object.keys(statements).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}

async function countRows(site: TestSite, tables: readonly string[]): Promise<SeededRows> {
  const queries = tables.map((name) => `SELECT '${name}', COUNT(*) FROM ${site.tablePrefix}${name};`);
  const rows = await site.db.sql(queries.join('\n'));
  return Object.fromEntries(rows.map((row) => [row[0] ?? '', Number(row[1])]));
}

function preparation(p: string): string {
  return `
SET NAMES utf8mb4; SET sql_mode=''; SET unique_checks=0; SET foreign_key_checks=0; SET time_zone='+00:00';
SET @post = (SELECT COALESCE(MAX(ID),0) FROM ${p}posts);
SET @item = (SELECT COALESCE(MAX(order_item_id),0) FROM ${p}woocommerce_order_items);
SET @customer = (SELECT COALESCE(MAX(customer_id),0) FROM ${p}wc_customer_lookup);
SET @group = COALESCE((SELECT MAX(group_id) FROM ${p}actionscheduler_groups WHERE slug='wc-admin-data'), 0);
CREATE TEMPORARY TABLE rig_products (n INT PRIMARY KEY, id BIGINT, name TEXT, price DECIMAL(10,2)) AS
  SELECT ROW_NUMBER() OVER (ORDER BY x.ID) - 1 AS n, x.ID AS id, x.post_title AS name, COALESCE(l.min_price, 10) AS price
  FROM ${p}posts x JOIN ${p}wc_product_meta_lookup l ON l.product_id = x.ID WHERE x.post_type='product' AND x.post_status='publish';
SET @products = (SELECT COUNT(*) FROM rig_products);`;
}

/** One INSERT ... SELECT for each table. Order n has item n, and every fourth order a second item. */
function seedStatements(p: string, orders: number): Record<string, string> {
  const items = orders + Math.floor(orders / 4);
  const customers = Math.max(1, Math.floor(orders / 10));
  // Spread over three years before 2026-11-01, in order of id; a fixed date, so that two runs give the same rows.
  const when = `FROM_UNIXTIME(1793491200 - (${orders} - s.seq) * ${Math.max(1, Math.floor((3 * 365 * 86_400) / orders))})`;
  const hash = `MD5(CONCAT('order', s.seq))`;
  const quantity = '(1 + s.seq % 3)';
  const status = `ELT(1 + (s.seq % 20 = 0) + (s.seq % 50 = 0), 'wc-completed', 'wc-cancelled', 'wc-refunded')`;
  const person = `s.seq % ${customers}`;
  const first = `ELT(1 + ${person} % 8, 'Jan', 'Anna', 'Piet', 'Sanne', 'Kees', 'Noor', 'Daan', 'Eva')`;
  const last = `CONCAT(ELT(1 + ${person} % 5, 'de Vries', 'Jansen', 'van den Berg', 'Bakker', 'Visser'), ' ', ${person})`;
  const street = `CONCAT('Kerkstraat ', 1 + ${person} % 400)`;
  const postcode = `CONCAT(1000 + ${person} % 9000, ' ', CHAR(65 + ${person} % 26), 'B')`;
  const email = `CONCAT('klant', ${person}, '@example.org')`;
  const phone = `LPAD(${person}, 10, '06')`;
  const from = `FROM seq_1_to_${orders} s`;
  // Of an item: its order and its product.
  const ofItem = `IF(i.seq <= ${orders}, i.seq, (i.seq - ${orders}) * 4)`;
  const lines = `FROM seq_1_to_${items} i JOIN seq_1_to_${orders} s ON s.seq = ${ofItem} JOIN rig_products pr ON pr.n = (i.seq * 7919) % @products`;
  const firstLine = `${from} JOIN rig_products pr ON pr.n = (s.seq * 7919) % @products`;
  const line = `ROUND(pr.price * ${quantity}, 2)`;
  const each = (values: readonly string[], n: string): string => `ELT(${n}, ${values.join(', ')})`;
  const meta: [string, string][] = [
    ['_product_id', 'pr.id'],
    ['_variation_id', "'0'"],
    ['_qty', quantity],
    ['_tax_class', "''"],
    ['_line_subtotal', line],
    ['_line_subtotal_tax', "'0'"],
    ['_line_total', line],
    ['_line_tax', "'0'"],
    ['_line_tax_data', `'a:2:{s:5:"total";a:0:{}s:8:"subtotal";a:0:{}}'`],
    ['_reduced_stock', quantity],
  ];
  const address = `CONCAT(${first}, ' ', ${last}, '  ', ${street}, '  Utrecht  ', ${postcode}, ' NL ', ${email}, ' ', ${phone})`;
  const orderMeta: [string, string][] = [
    ['_shipping_hash', hash],
    ['_coupons_hash', "'d751713988987e9331980363e24189ce'"],
    ['_fees_hash', "'d751713988987e9331980363e24189ce'"],
    ['_taxes_hash', "'d751713988987e9331980363e24189ce'"],
    ['is_vat_exempt', "'no'"],
    ['_billing_address_index', address],
    ['_shipping_address_index', address],
  ];
  const notes = [
    `CONCAT('Stock levels reduced: ', pr.name, ' (', 1000000 - s.seq, '&rarr;', 1000000 - s.seq - ${quantity}, ')')`,
    `'Payment to be made upon delivery. Order status changed from Pending payment to Processing.'`,
    `'Email "Processing order" sent.'`,
  ];
  const columnOf = (pairs: readonly [string, string][], at: 0 | 1): string[] =>
    pairs.map((pair) => (at === 0 ? `'${pair[0]}'` : pair[1]));
  return {
    posts: `INSERT INTO ${p}posts (ID, post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt, post_status, comment_status, ping_status, post_password, post_name, to_ping, pinged, post_modified, post_modified_gmt, post_content_filtered, post_parent, guid, menu_order, post_type, post_mime_type, comment_count)
      SELECT @post + s.seq, 0, ${when}, ${when}, '', '', '', 'draft', 'closed', 'closed', '', '', '', '', ${when}, ${when}, '', 0, CONCAT('/?post_type=shop_order_placehold&p=', @post + s.seq), 0, 'shop_order_placehold', '', ${notes.length} ${from};`,
    wc_orders: `INSERT INTO ${p}wc_orders (id, status, currency, type, tax_amount, total_amount, customer_id, billing_email, date_created_gmt, date_updated_gmt, parent_order_id, payment_method, payment_method_title, transaction_id, ip_address, user_agent, customer_note)
      SELECT @post + s.seq, ${status}, 'EUR', 'shop_order', 0, ${line}, 0, ${email}, ${when}, ${when}, 0, 'cod', 'Onder rembours', '', CONCAT('192.0.2.', s.seq % 250), 'Mozilla/5.0 (X11; Linux x86_64)', '' ${firstLine};`,
    wc_order_addresses: `INSERT INTO ${p}wc_order_addresses (order_id, address_type, first_name, last_name, address_1, city, postcode, country, email, phone)
      SELECT @post + s.seq, IF(k.seq = 1, 'billing', 'shipping'), ${first}, ${last}, ${street}, 'Utrecht', ${postcode}, 'NL', IF(k.seq = 1, ${email}, NULL), ${phone} ${from} JOIN seq_1_to_2 k;`,
    wc_order_operational_data: `INSERT INTO ${p}wc_order_operational_data (order_id, created_via, woocommerce_version, prices_include_tax, coupon_usages_are_counted, download_permission_granted, cart_hash, new_order_email_sent, order_key, order_stock_reduced, date_paid_gmt, date_completed_gmt, shipping_tax_amount, shipping_total_amount, discount_tax_amount, discount_total_amount, recorded_sales)
      SELECT @post + s.seq, 'store-api', '10.9.4', 0, 1, 1, ${hash}, 1, CONCAT('wc_order_', LEFT(${hash}, 13)), 1, ${when}, ${when}, 0, 0, 0, 0, 1 ${from};`,
    wc_orders_meta: `INSERT INTO ${p}wc_orders_meta (order_id, meta_key, meta_value)
      SELECT @post + s.seq, ${each(columnOf(orderMeta, 0), 'k.seq')}, ${each(columnOf(orderMeta, 1), 'k.seq')} ${from} JOIN seq_1_to_${orderMeta.length} k;`,
    woocommerce_order_items: `INSERT INTO ${p}woocommerce_order_items (order_item_id, order_item_name, order_item_type, order_id)
      SELECT @item + i.seq, pr.name, 'line_item', @post + s.seq ${lines};`,
    woocommerce_order_itemmeta: `INSERT INTO ${p}woocommerce_order_itemmeta (order_item_id, meta_key, meta_value)
      SELECT @item + i.seq, ${each(columnOf(meta, 0), 'k.seq')}, ${each(columnOf(meta, 1), 'k.seq')} ${lines} JOIN seq_1_to_${meta.length} k;`,
    wc_order_stats: `INSERT INTO ${p}wc_order_stats (order_id, parent_id, date_created, date_created_gmt, date_paid, date_completed, num_items_sold, total_sales, tax_total, shipping_total, net_total, returning_customer, status, customer_id)
      SELECT @post + s.seq, 0, ${when}, ${when}, ${when}, ${when}, ${quantity}, ${line}, 0, 0, ${line}, s.seq > ${customers}, ${status}, @customer + 1 + ${person} ${firstLine};`,
    wc_order_product_lookup: `INSERT INTO ${p}wc_order_product_lookup (order_item_id, order_id, product_id, variation_id, customer_id, date_created, product_qty, product_net_revenue, product_gross_revenue)
      SELECT @item + i.seq, @post + s.seq, pr.id, 0, @customer + 1 + ${person}, ${when}, ${quantity}, ${line}, ${line} ${lines};`,
    wc_customer_lookup: `INSERT INTO ${p}wc_customer_lookup (customer_id, first_name, last_name, email, date_last_active, country, postcode, city)
      SELECT @customer + 1 + ${person}, ${first}, ${last}, ${email}, '2026-10-01 00:00:00', 'NL', ${postcode}, 'Utrecht' FROM seq_1_to_${customers} s;`,
    comments: `INSERT INTO ${p}comments (comment_post_ID, comment_author, comment_author_email, comment_author_url, comment_author_IP, comment_date, comment_date_gmt, comment_content, comment_karma, comment_approved, comment_agent, comment_type, comment_parent, user_id)
      SELECT @post + s.seq, 'WooCommerce', 'woocommerce@example.org', '', '', ${when}, ${when}, ${each(notes, 'k.seq')}, 0, '1', 'WooCommerce', 'order_note', 0, 0 ${firstLine} JOIN seq_1_to_${notes.length} k;`,
    actionscheduler_actions: `INSERT INTO ${p}actionscheduler_actions (hook, status, scheduled_date_gmt, scheduled_date_local, priority, args, schedule, group_id, attempts, last_attempt_gmt, last_attempt_local, claim_id)
      SELECT 'wc-admin_import_orders', 'complete', ${when}, ${when}, 10, CONCAT('[', @post + s.seq, ']'), '', @group, 1, ${when}, ${when}, 0 ${from} WHERE s.seq > ${orders - Math.floor(orders / 12)};`,
    woocommerce_sessions: `INSERT INTO ${p}woocommerce_sessions (session_key, session_value, session_expiry)
      SELECT CONCAT('t_', LEFT(${hash}, 30)), CONCAT('a:2:{s:4:"cart";s:6:"a:0:{}";s:8:"customer";s:', 1000, ':"', RPAD(CONCAT(${hash}, ${address}), 1000, ' '), '";}'), 1793491200 + s.seq FROM seq_1_to_${Math.max(1, Math.floor(orders / 50))} s;`,
  };
}
