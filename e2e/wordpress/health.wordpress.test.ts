import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteHealthAnswer } from '../../src/connector/index.ts';
import type { SiteOptions } from '../harness/test-site.ts';
import { startPluginSite, type PluginSite } from './plugin-site.ts';

// What a site says of itself, through the rescue entry and through WordPress, on the PHPs and WordPresses that it must run on.

const kinds: [name: string, options: SiteOptions][] = [
  ['PHP 7.4, oldest WordPress', { php: '7.4', core: 'oldest' }],
  ['PHP 8.2, newest WordPress, Apache', { php: 'native', core: 'newest', server: 'apache' }],
  ['PHP 8.4, newest WordPress', { php: '8.4', core: 'newest' }],
];

describe.each(kinds)('%s', (_, options) => {
  let plugin: PluginSite;
  beforeAll(async () => {
    plugin = await startPluginSite(options);
  });
  afterAll(() => plugin.site.stop());

  const ask = (entry: 'direct' | 'rest' | 'ajax'): Promise<SiteHealthAnswer & { time: number }> =>
    plugin.client(entry).health({ since: 0, throughWordPress: entry !== 'direct' });

  it.each(['direct', 'rest', 'ajax'] as const)('tells how it is through %s', async (entry) => {
    const said = await ask(entry);
    expect(said).toMatchObject({
      entry,
      wordpress: entry !== 'direct',
      database: { ok: true },
      fatals: { count: 0, last: null, message: '', where: '' },
      recovery: { paused: 0, mailed: null },
      // The rig's sites have no cron of visits; only WordPress knows it.
      cron: { disabled: entry === 'direct' ? null : true },
      public: true,
      home: plugin.site.url,
      siteurl: plugin.site.url,
      maintenance: null,
    });
    expect(said.disk?.free).toBeGreaterThan(0);
    expect(Math.abs(said.time - Date.now() / 1000)).toBeLessThan(5);
    expect(await plugin.messages()).toBe('');
  });

  it('takes less than 50 ms without WordPress', async () => {
    const times: number[] = [];
    for (let look = 0; look < 9; look += 1) {
      const { end } = await plugin.client('direct').call('health', { since: 0 });
      times.push(end.ms);
    }
    const middle = times.toSorted((a, b) => a - b)[4] ?? Infinity;
    console.log(`health without WordPress: ${middle.toFixed(1)} ms`);
    expect(middle).toBeLessThan(50);
  });

  it('counts a fatal error once, and tells it without paths', async () => {
    await plugin.site.writeFile(
      'wp-content/mu-plugins/z-breaks.php',
      "<?php if ( isset( $_GET['breaks'] ) ) { add_action( 'init', static function () { nope_of_ours(); } ); }",
    );
    await plugin.site.visit('/?breaks=1');
    const { fatals } = await ask('direct');
    expect(fatals).toMatchObject({ count: 1, where: 'mu-plugin' });
    expect(fatals.message).toContain('nope_of_ours');
    expect(fatals.message).not.toContain('/');
    expect(Math.abs((fatals.last ?? 0) - Date.now() / 1000)).toBeLessThan(30);
    await plugin.site.visit('/');
    expect((await ask('direct')).fatals.count).toBe(1);
    await rm(join(plugin.site.dir, 'wp-content/mu-plugins/z-breaks.php'));
    await plugin.messages();
  });

  it('sees late events, a maintenance file and a hidden site', async () => {
    await plugin.site.runPhp(
      "wp_schedule_single_event( time() - 9000, 'nw_late' ); update_option( 'blog_public', '0' );",
    );
    const said = await ask('direct');
    expect(said.public).toBe(false);
    expect(said.cron?.overdue).toBeGreaterThan(0);
    expect(said.cron?.oldest).toBeGreaterThanOrEqual(9000);
    await plugin.site.writeFile('.maintenance', '<?php $upgrading = time();');
    expect((await ask('direct')).maintenance).toBeLessThan(60);
    await rm(join(plugin.site.dir, '.maintenance'));
  });

  it('refuses what is no moment', async () => {
    for (const since of ['0', -1, 1.5, []]) {
      const asked = plugin.client('direct').call('health', { since }, { retries: 0 });
      await expect(asked).rejects.toMatchObject({ code: 'bad-args' });
    }
  });

  it('tells without a database that it has none', async () => {
    const { db } = plugin.site;
    const account = (how: string): Promise<unknown> =>
      db.sql(`alter user '${db.user}'@'localhost' account ${how}; alter user '${db.user}'@'127.%' account ${how}`);
    await account('lock');
    try {
      const said = await ask('direct');
      expect(said).toMatchObject({ database: { ok: false, ms: null }, recovery: null, cron: null, home: null });
      expect(said.database.errno).toBeGreaterThan(1000);
    } finally {
      await account('unlock');
    }
    await db.sql(`rename table ${db.name}.wp_options to ${db.name}.wp_options_gone`);
    try {
      expect((await ask('direct')).database).toMatchObject({ ok: false, errno: 1146 });
    } finally {
      await db.sql(`rename table ${db.name}.wp_options_gone to ${db.name}.wp_options`);
    }
    expect((await ask('direct')).database.ok).toBe(true);
  });
});
