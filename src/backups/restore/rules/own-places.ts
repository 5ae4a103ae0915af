import type { ChosenPath } from './choose-scope.ts';

export interface OwnPlaces {
  ownState: ChosenPath[];
  connector: ChosenPath[];
}

/** Names that the plugin has when nobody renamed its folder. */
const PLUGIN_FOLDER = 'nachtwacht-connector';
const LOADER_FILE = '0-nachtwacht-connector.php';

/** The name of the plugin's folder from the address of its rescue entry, `…/plugins/NAME/rescue.php`. */
export function pluginFolderOf(entries: unknown): string | undefined {
  if (typeof entries !== 'object' || entries === null || !('direct' in entries)) return undefined;
  return /\/([A-Za-z0-9._-]+)\/rescue\.php(?:\?|$)/u.exec(String(entries.direct))?.[1];
}

/**
 * Where the connector lies on a site: its state, its stages, and the plugin with its loader. `roots`: as in the
 * snapshot's report; with a content folder of its own the content is a root, otherwise `wp-content` in `root`.
 */
export function ownPlaces(site: string, roots: readonly { id: string }[], plugin = PLUGIN_FOLDER): OwnPlaces {
  const content: ChosenPath[] = [{ root: 'root', path: 'wp-content' }];
  for (const { id } of roots) {
    // A content folder that a link leads to is a root with an id of its own.
    if (id === 'content' || id.startsWith('x-')) content.push({ root: id, path: '' });
  }
  const inContent = (name: string) =>
    content.map(({ root, path }) => ({ root, path: path === '' ? name : `${path}/${name}` }));
  return {
    ownState: [...inContent('nachtwacht-state'), ...(site === '' ? [] : inContent(`nachtwacht-${site}`))],
    connector: [...inContent(`plugins/${plugin}`), ...inContent(`mu-plugins/${LOADER_FILE}`)],
  };
}

/** The plugin's own tables: used nonces, and what an unfinished restore has loaded beside. They are never restored. */
export function isOwnTable(name: string): boolean {
  return name.endsWith('nachtwacht_nonces') || /^nwo?[0-9a-f]{6}_/u.test(name);
}
