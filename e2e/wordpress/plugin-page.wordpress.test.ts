import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nameWithReason, whyNotRoot } from '../harness/skip-reason.ts';
import { pair, startPluginSite, type PluginSite } from './plugin-site.ts';

// The settings page: what a person sees and may do there, in Dutch and English, and what is left after removal.

const started: PluginSite[] = [];
const start = async (...args: Parameters<typeof startPluginSite>): Promise<PluginSite> => {
  const plugin = await startPluginSite(...args);
  started.push(plugin);
  return plugin;
};
afterEach(async () => {
  for (const plugin of started.splice(0)) await plugin.site.stop();
});

const field = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';

async function press(plugin: PluginSite, path: string, cookie: string, form: Record<string, string>): Promise<string> {
  const body = Buffer.from(new URLSearchParams(form).toString());
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', host: plugin.site.host };
  const answer = await plugin.send(path, body, headers);
  return `${answer.status} ${answer.body.toString()}`;
}

describe('the settings page', () => {
  it('shows the pairing, unpairs, makes a code; refuses without nonce or rights', async () => {
    const plugin = await start();
    const { site } = plugin;
    const path = '/wp-admin/options-general.php?page=nachtwacht-connector';
    const cookie = await site.signIn();
    const shown = (await site.visit(path, { cookie })).body;
    for (const text of [
      'Paired with',
      'Proef',
      'Last contact',
      'Rescue entry',
      'ready',
      'site-1',
      plugin.pairing.credentials.keyId,
    ]) {
      expect(shown).toContain(text);
    }
    const nonce = field(shown, 'nachtwacht_nonce');
    expect(nonce).toMatch(/^[0-9a-f]{10}$/);

    expect(await press(plugin, path, cookie, { nachtwacht_do: 'unpair' })).toMatch(/^403 /);
    expect(await press(plugin, path, cookie, { nachtwacht_do: 'unpair', nachtwacht_nonce: 'ffffffffff' })).toMatch(
      /^403 /,
    );
    expect(await press(plugin, path, '', { nachtwacht_do: 'unpair', nachtwacht_nonce: nonce })).toMatch(/^302 /);
    await site.runPhp(
      "wp_insert_user(['user_login' => 'redacteur', 'user_pass' => 'proef-wachtwoord-8', 'role' => 'editor']);",
    );
    const login = new URLSearchParams({ log: 'redacteur', pwd: 'proef-wachtwoord-8', testcookie: '1' });
    const signed = await plugin.send('/wp-login.php', Buffer.from(login.toString()), {
      cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
      'content-type': 'application/x-www-form-urlencoded',
      host: site.host,
    });
    const editor = (signed.headers['set-cookie'] as string[]).map((line) => line.split(';')[0]).join('; ');
    expect((await site.visit(path, { cookie: editor })).status).toBe(403);
    expect(await press(plugin, path, editor, { nachtwacht_do: 'unpair', nachtwacht_nonce: nonce })).toMatch(/^403 /);
    expect((await plugin.client('direct').status()).site).toBe('site-1');

    const unpaired = await press(plugin, path, cookie, { nachtwacht_do: 'unpair', nachtwacht_nonce: nonce });
    expect(unpaired).toContain('not paired any more');
    await expect(plugin.client('direct').status()).rejects.toMatchObject({ code: 'unpaired' });
    await expect(plugin.client('rest').status()).rejects.toMatchObject({ code: 'unpaired' });

    const made = await press(plugin, path, cookie, {
      nachtwacht_do: 'code',
      nachtwacht_nonce: field(unpaired, 'nachtwacht_nonce'),
    });
    expect(made).toMatch(/>[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}</);
    expect((await site.visit(path, { cookie })).body).not.toMatch(/>[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}</);
    expect(await plugin.messages()).toBe('');
  });

  it('escapes what the platform says of itself, and speaks Dutch', async () => {
    const plugin = await start();
    const { site } = plugin;
    await plugin.client('rest').unpair();
    await pair(site, 'site-1');
    await site.db.sql(
      "UPDATE wp_options SET option_value = REPLACE(option_value, '\"Proef\"', '\"<script>alert(1)</script>\"') WHERE option_name = 'nachtwacht_connector_state'",
    );
    const cookie = await site.signIn();
    const path = '/wp-admin/options-general.php?page=nachtwacht-connector';
    const shown = (await site.visit(path, { cookie })).body;
    expect(shown).toContain('&lt;script&gt;alert(1)');
    expect(shown).not.toContain('<script>alert(1)');
    for (const locale of ['nl_NL', 'nl_NL_formal', 'nl_BE']) {
      await site.runPhp(`update_user_meta(1, 'locale', '${locale}');`);
      const dutch = (await site.visit(path, { cookie })).body;
      expect(dutch).toContain('Gekoppeld met');
      expect(dutch).toContain('Ontkoppelen');
      expect(dutch).not.toContain('Paired with');
    }
  });

  it.skipIf(whyNotRoot !== undefined)(
    `belongs to the network administrator on a network${nameWithReason('', whyNotRoot)}`,
    async () => {
      const plugin = await start({ multisite: true });
      const { site } = plugin;
      const cookie = await site.signIn();
      expect((await site.visit('/wp-admin/network/settings.php?page=nachtwacht-connector', { cookie })).body).toContain(
        'Paired with',
      );
      for (const where of ['/wp-admin', '/tweede/wp-admin']) {
        expect((await site.visit(`${where}/options-general.php?page=nachtwacht-connector`, { cookie })).status).toBe(
          403,
        );
      }
      for (const entry of ['direct', 'rest', 'ajax'] as const) {
        expect((await plugin.client(entry).status()).paired_at).toBeGreaterThan(0);
      }
      expect((await plugin.client('ajax').inventory())[0]).toMatchObject({ kind: 'core', multisite: true, sites: 2 });
      expect((await plugin.client('direct').database.tables()).map(({ name }) => name)).toContain('wp_2_posts');
    },
  );

  it('comes back with its loader, closes with deactivation, and leaves nothing when deleted', async () => {
    const plugin = await start();
    const { site } = plugin;
    const loader = join(site.dir, 'wp-content/mu-plugins/0-nachtwacht-connector.php');
    const state = join(site.dir, 'wp-content/nachtwacht-state');
    expect(existsSync(loader)).toBe(true);
    await site.runPhp(`unlink('${loader}');`);
    expect((await plugin.client('rest').status()).entry).toBe('rest');
    const cookie = await site.signIn();
    await site.visit('/wp-admin/', { cookie });
    expect(existsSync(loader)).toBe(true);

    const file = 'nachtwacht/nachtwacht-connector.php';
    const admin =
      "require_once ABSPATH . 'wp-admin/includes/plugin.php'; require_once ABSPATH . 'wp-admin/includes/file.php';";
    await site.runPhp(`${admin} deactivate_plugins('${file}');`);
    expect(existsSync(loader)).toBe(false);
    await expect(plugin.client('direct').status()).rejects.toMatchObject({ code: 'unpaired' });
    await expect(plugin.client('rest').status()).rejects.toThrow(/./u);
    await site.runPhp(`${admin} activate_plugin('${file}');`);
    await site.visit('/wp-admin/', { cookie });
    expect((await plugin.client('direct').status()).site).toBe('site-1');

    await site.runPhp(`${admin} deactivate_plugins('${file}'); delete_plugins(['${file}']);`);
    expect([
      existsSync(loader),
      existsSync(state),
      existsSync(join(site.dir, 'wp-content/plugins/nachtwacht')),
    ]).toEqual([false, false, false]);
    const rows = await site.db.sql("SELECT option_name FROM wp_options WHERE option_name LIKE 'nachtwacht%'");
    expect([rows, await site.db.sql("SHOW TABLES LIKE '%nachtwacht%'")]).toEqual([[], []]);
    expect(await plugin.messages()).toBe('');
  });
});
