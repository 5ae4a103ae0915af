import { afterEach, describe, expect, it } from 'vitest';
import type { EntryName } from '../../src/connector/index.ts';
import { runCommand } from '../harness/run-command.ts';
import { findPhp } from '../harness/php.ts';
import { repository } from '../harness/machine.ts';
import type { SiteOptions } from '../harness/test-site.ts';
import { startPluginSite, type PluginSite } from './plugin-site.ts';

// Truth 7, second half: the plugin works on hosts that strip, print, limit and ask for passwords.

const entries: EntryName[] = ['direct', 'rest', 'ajax'];
const started: PluginSite[] = [];
async function start(options: SiteOptions): Promise<PluginSite> {
  const plugin = await startPluginSite(options);
  started.push(plugin);
  return plugin;
}
afterEach(async () => {
  for (const plugin of started.splice(0)) await plugin.site.stop();
});

async function worksOnAll(plugin: PluginSite): Promise<void> {
  for (const entry of entries) {
    const client = plugin.client(entry);
    expect(await client.status()).toMatchObject({ entry, site: 'site-1', mysql_reachable: true });
    let names = 0;
    for await (const page of client.files.list({ root: 'root' })) {
      for (const folder of page.folders) names += folder.entries.length;
    }
    expect(names).toBeGreaterThan(1000);
    expect((await client.database.tables()).map(({ name }) => name)).toContain('wp_posts');
    client.close();
  }
}

const hosts: [string, SiteOptions][] = [
  ['Authorization is stripped', { stripHeaders: ['Authorization'] }],
  ['our header is stripped', { stripHeaders: ['X-Nachtwacht-Auth', 'Authorization'] }],
  ['a BOM and a notice come first', { bodyNoise: '\uFEFF<br />\n<b>Notice</b>: undefined index\n' }],
  ['10 s and 64 MB', { maxExecutionTime: 10, memoryLimit: '64M' }],
  ['a password stands in front', { basicAuth: { user: 'staging', password: 'geheim-9' } }],
  ['PHP 7.4, oldest WordPress', { php: '7.4', core: 'oldest' }],
  ['PHP 8.4, newest WordPress, Apache', { php: '8.4', core: 'newest', server: 'apache' }],
];

describe('the plugin works where', () => {
  it.each(hosts)('%s', async (_, options) => {
    const plugin = await start(options);
    await worksOnAll(plugin);
    const ours = (await plugin.messages()).split('\n').filter((line) => /nachtwacht/i.test(line));
    expect(ours).toEqual([]);
  });

  it('another plugin dies, or the site is a copy', async () => {
    const plugin = await start({});
    await plugin.site.writeFile(
      'wp-content/plugins/aaa-broken/aaa-broken.php',
      '<?php\n/* Plugin Name: Broken */\nno_such_function();\n',
    );
    await plugin.site.db.sql(
      'UPDATE wp_options SET option_value = \'a:2:{i:0;s:25:"aaa-broken/aaa-broken.php";i:1;s:36:"nachtwacht/nachtwacht-connector.php";}\' WHERE option_name = \'active_plugins\'',
    );
    await worksOnAll(plugin);
    await plugin.site.db.sql("UPDATE wp_options SET option_value = 'http://copy.example' WHERE option_name = 'home'");
    const client = plugin.client('rest');
    expect(await client.status()).toMatchObject({ moved: true });
    await expect(client.database.tables()).rejects.toMatchObject({ code: 'site-moved' });
  });

  it('a higher claim has been seen: a lower one may do nothing, on any entry', async () => {
    const plugin = await start({});
    await plugin.client('direct', 9).status();
    for (const entry of entries) {
      await expect(plugin.client(entry, 8).status()).rejects.toMatchObject({ code: 'claim' });
    }
    await plugin.client('ajax', 12).status();
    await expect(plugin.client('direct', 11).status()).rejects.toMatchObject({ code: 'claim' });
  });
});

describe('the source', () => {
  it('can be read by PHP 7.4 and 8.4, and its own tests pass', async () => {
    for (const version of ['7.4', '8.4'] as const) {
      const php = await findPhp(version);
      const [command, ...args] = php.cli;
      const code = `$bad = 0; foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator('${repository}/connector')) as $f) {
        if (substr($f, -4) === '.php' && strpos($f, '/tests/') === false) { try { token_get_all(file_get_contents($f), TOKEN_PARSE); } catch (ParseError $e) { echo $f, $e->getMessage(), "\\n"; } } } echo 'read';`;
      const { stdout } = await runCommand(command ?? 'php', [...args, '-r', code], {
        env: php.env,
      });
      expect(stdout).toBe('read');
    }
    const { stdout } = await runCommand('phpunit', ['-c', `${repository}/connector/phpunit.xml`], {
      cwd: `${repository}/connector`,
    });
    expect(stdout).toMatch(/^OK/m);
  });
});
