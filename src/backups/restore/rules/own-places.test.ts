import { describe, expect, it } from 'vitest';
import { isOwnTable, ownPlaces, pluginFolderOf } from './own-places.ts';

describe('ownPlaces', () => {
  it('knows where the connector lies in a standard installation', () => {
    const places = ownPlaces('shop-7', [{ id: 'root' }]);
    expect(places.ownState.map((one) => `${one.root}:${one.path}`)).toEqual([
      'root:wp-content/nachtwacht-state',
      'root:wp-content/nachtwacht-shop-7',
    ]);
    expect(places.connector.map((one) => one.path)).toEqual([
      'wp-content/plugins/nachtwacht-connector',
      'wp-content/mu-plugins/0-nachtwacht-connector.php',
    ]);
  });

  it('follows a content folder that lies elsewhere', () => {
    const places = ownPlaces('s', [{ id: 'root' }, { id: 'content' }]);
    expect(places.ownState).toContainEqual({ root: 'content', path: 'nachtwacht-state' });
    expect(places.connector).toContainEqual({ root: 'content', path: 'plugins/nachtwacht-connector' });
  });
});

describe('isOwnTable', () => {
  it.each([
    ['wp_nachtwacht_nonces', true],
    ['nw12ab34_7', true],
    ['nwo12ab34_7', true],
    ['wp_posts', false],
    ['nwsletter', false],
  ])('%s: %s', (name, own) => {
    expect(isOwnTable(name)).toBe(own);
  });
});

describe('pluginFolderOf', () => {
  it('reads it from the address of the rescue entry', () => {
    expect(pluginFolderOf({ direct: 'https://a.nl/wp-content/plugins/other-name/rescue.php' })).toBe('other-name');
    expect(pluginFolderOf({ rest: 'https://a.nl/?rest_route=/nachtwacht/v1/do' })).toBeUndefined();
    expect(pluginFolderOf(null)).toBeUndefined();
  });
});
