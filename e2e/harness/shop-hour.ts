import { appendUploads } from './load.ts';
import type { TestSite } from './test-site.ts';

/** Order ids in the order in which they were placed. */
export interface PlacedOrder {
  id: number;
  ms: number;
}

interface StoreAnswer {
  status: number;
  token: string;
  body: unknown;
}

/** Places one real order through WooCommerce's Store API, as the checkout block of a customer's browser does. */
export async function placeOrder(site: TestSite, product: number, n: number): Promise<PlacedOrder> {
  const started = performance.now();
  const cart = await store(site, 'GET', '/cart', '');
  const added = await store(site, 'POST', '/cart/add-item', cart.token, { id: product, quantity: 1 + (n % 3) });
  if (added.status !== 201)
    throw new Error(`add-item: status ${added.status} ${JSON.stringify(added.body).slice(0, 300)}`);
  const paid = await store(site, 'POST', '/checkout', cart.token, {
    payment_method: 'cod',
    billing_address: {
      first_name: 'Nieuwe',
      last_name: `Klant ${n}`,
      company: '',
      address_1: `Dorpsstraat ${1 + (n % 90)}`,
      address_2: '',
      city: 'Utrecht',
      state: '',
      postcode: '3511 AB',
      country: 'NL',
      email: `nieuw${n}@example.org`,
      phone: '0612345678',
    },
  });
  const body = paid.body;
  if (paid.status !== 200 || typeof body !== 'object' || body === null || !('order_id' in body))
    throw new Error(`checkout: status ${paid.status} ${JSON.stringify(body).slice(0, 300)}`);
  return { id: Number(body.order_id), ms: performance.now() - started };
}

async function store(
  site: TestSite,
  method: string,
  path: string,
  token: string,
  body?: unknown,
): Promise<StoreAnswer> {
  const answer = await fetch(`${site.url}/wp-json/wc/store/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (rig customer)',
      ...(token === '' ? {} : { 'cart-token': token }),
      ...basicAuthHeader(site),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The caller reports the text as it is.
  }
  return { status: answer.status, token: answer.headers.get('cart-token') ?? token, body: parsed };
}

function basicAuthHeader(site: TestSite): Record<string, string> {
  const auth = site.options.basicAuth;
  if (auth === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
}

export interface OrderStream {
  placed: readonly PlacedOrder[];
  /** Finishes the order under way and stops. Throws when an order failed. */
  stop(): Promise<readonly PlacedOrder[]>;
}

/** Customers keep ordering, one after the other, until stopped: what a backup meets in a shop that is open. */
export function keepOrdering(site: TestSite, products: readonly number[], pauseMs = 50): OrderStream {
  const placed: PlacedOrder[] = [];
  const stopping = new AbortController();
  const running = (async () => {
    for (let n = 1; !stopping.signal.aborted; n += 1) {
      placed.push(await placeOrder(site, products[n % products.length] ?? 0, n));
      await new Promise((resolve) => {
        setTimeout(resolve, pauseMs);
      });
    }
  })();
  // Whoever stops the stream sees the failure; until then it must not end the process.
  running.catch(() => undefined);
  return {
    placed,
    stop: async () => {
      stopping.abort();
      await running;
      return placed;
    },
  };
}

export interface ShopHour {
  orders: number;
  stockChanges: number;
  optionChanges: number;
  uploads: number;
  uploadBytes: number;
  ms: number;
}

/**
 * One hour of a busy shop: 100 orders through the Store API, 500 stock changes through WooCommerce, sessions and
 * transients come and go, options change, scheduled actions run, 5 pictures are uploaded.
 */
export async function simulateHour(
  site: TestSite,
  options: { orders?: number; stockChanges?: number } = {},
): Promise<ShopHour> {
  const started = performance.now();
  const orders = options.orders ?? 100;
  const stockChanges = options.stockChanges ?? 500;
  const products = await productIds(site);
  let next = 0;
  const customer = async (): Promise<void> => {
    while (next < orders) {
      next += 1;
      await placeOrder(site, products[next % products.length] ?? 0, next);
    }
  };
  await Promise.all([customer(), customer(), customer()]);
  const changed = await site.runPhp(
    `
    $ids = $args['products'];
    for ($i = 0; $i < $args['changes']; $i++) {
      $id = $ids[($i * 37) % count($ids)];
      wc_update_product_stock($id, 900000 - $i, 'set');
    }
    for ($i = 0; $i < 20; $i++) { update_option('rig_setting_' . $i, wp_generate_password(200, false), false); }
    for ($i = 0; $i < 20; $i++) { set_transient('rig_transient_' . $i, microtime(true), 3600); }
    do_action('action_scheduler_run_queue');
    echo 20;`,
    { products, changes: stockChanges },
  );
  const uploads = await appendUploads(site, 5, { medianBytes: 120_000 });
  return {
    orders,
    stockChanges,
    optionChanges: Number(changed),
    uploads: uploads.files,
    uploadBytes: uploads.bytes,
    ms: performance.now() - started,
  };
}

/** Ids of the published products. */
export async function productIds(site: TestSite): Promise<number[]> {
  const rows = await site.db.sql(
    `SELECT ID FROM ${site.tablePrefix}posts WHERE post_type='product' AND post_status='publish' ORDER BY ID`,
  );
  return rows.map((row) => Number(row[0]));
}
