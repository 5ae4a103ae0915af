import { join } from 'node:path';
import { releasedPackage } from './store-packages.ts';
import type { TestSite } from './test-site.ts';
import { phpScript, replaceFolder } from './wordpress.ts';

export interface ShopOptions {
  /** WooCommerce's version; default 10.9.4, so that an update is left to do. */
  version?: string;
  products?: number;
}

/** Makes a site a real WooCommerce shop: Storefront, pages, cash on delivery, products with stock. Gives the product ids. */
export async function installShop(site: TestSite, options: ShopOptions = {}): Promise<number[]> {
  await replaceFolder(await releasedPackage('themes/storefront'), join(site.dir, 'wp-content/themes/storefront'));
  const plugin = await releasedPackage('plugins/woocommerce', options.version ?? '10.9.4');
  await site.installPlugin(plugin, 'woocommerce');
  const ids: unknown = JSON.parse(
    await site.runPhp(await phpScript('set-up-shop'), { products: options.products ?? 20 }),
  );
  if (!Array.isArray(ids)) throw new Error('the shop has no products');
  return ids.map(Number);
}

/** Replaces WooCommerce by another version and runs its own database update, as its updater does. */
export async function updateWooCommerce(site: TestSite, version: string): Promise<void> {
  await site.installPlugin(await releasedPackage('plugins/woocommerce', version), 'woocommerce', false);
  await site.runPhp(`
    WC_Install::install();
    if (WC_Install::needs_db_update()) {
      foreach (WC_Install::get_db_update_callbacks() as $since => $callbacks) {
        if (version_compare(get_option('woocommerce_db_version'), $since, '<')) {
          foreach ($callbacks as $callback) { while (WC_Install::run_update_callback($callback)); }
        }
      }
      WC_Install::update_db_version();
    }`);
}
