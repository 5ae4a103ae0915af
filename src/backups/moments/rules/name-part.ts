export type PartKind = 'core' | 'plugin' | 'theme' | 'uploads' | 'folder' | 'table';

export interface SitePart {
  kind: PartKind;
  name: string;
}

/** Folders that WordPress keeps its things of one kind in, wherever `wp-content` lies. */
const kinds: Record<string, PartKind> = {
  plugins: 'plugin',
  'mu-plugins': 'plugin',
  themes: 'theme',
  uploads: 'uploads',
};

/**
 * Which part of the site a file belongs to, as a person would name it: a plugin, a theme, the uploads of a year, the
 * WordPress core, or a folder. `root`: id of the site's root ('root', 'content', 'x-...').
 */
export function partOf(root: string, names: readonly string[]): SitePart {
  const inContent = root === 'content' ? names : names[0] === 'wp-content' ? names.slice(1) : undefined;
  if (inContent !== undefined) {
    const [folder, child] = inContent;
    const kind = kinds[folder ?? ''];
    if (kind !== undefined && child !== undefined && inContent.length > 1) {
      return kind === 'uploads' && inContent.length === 2 ? { kind, name: 'uploads' } : { kind, name: child };
    }
    return { kind: 'folder', name: inContent.length > 1 ? `wp-content/${folder}` : 'wp-content' };
  }
  if (root !== 'root') return { kind: 'folder', name: root };
  const [top] = names;
  if (names.length === 1 || top === 'wp-admin' || top === 'wp-includes') return { kind: 'core', name: 'WordPress' };
  return { kind: 'folder', name: top ?? '' };
}
