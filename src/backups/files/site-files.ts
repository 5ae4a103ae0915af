// What the file engine needs of a site. The connector's SiteClient is put behind it in `site-files-of-client.ts`.

import type { FileFacts } from '../rules/changed-files.ts';

/** A tree of files on the site. `path`: where it lies on the host, for people. */
export interface SiteRoot {
  id: string;
  path: string;
  url?: string;
}

export interface ListedEntry extends FileFacts {
  /** Wire form of PROTOCOL.md section 4, not checked yet. */
  name: string;
  type: 'f' | 'd' | 'l' | 'o';
  mode: number;
  target?: string;
}

export type ListRecord =
  /** `more`: the folder continues in a later record. */
  { folder: string; entries: ListedEntry[]; more: boolean } | { skip: string; why: string; detail?: string };

export interface ReadWish {
  root: string;
  path: string;
  offset: number;
  length: number;
}

export interface ReadPart extends FileFacts {
  /** Index of the wish. */
  i: number;
  /** Good until the next parts are asked for. */
  data: readonly Buffer[];
  /** Bytes in `data`. */
  length: number;
  eof: boolean;
  /** Size or times differ before and after the read. */
  changed: boolean;
}

export interface ReadRefusal {
  i: number;
  error: string;
}

export interface HashPart extends FileFacts {
  i: number;
  sha256: string;
}

export interface SiteFiles {
  roots(): Promise<SiteRoot[]>;
  /** The whole root, depth first; goes on by itself from answer to answer. */
  list(root: string, exclude: readonly string[]): AsyncIterable<ListRecord>;
  /** The wishes whole and verified, those of one answer together: a few MiB at most. What the site left out is missing. */
  read(wishes: readonly ReadWish[]): AsyncIterable<(ReadPart | ReadRefusal)[]>;
  /** SHA-256 made by the site. */
  hash(files: readonly { root: string; path: string }[]): Promise<(HashPart | ReadRefusal)[]>;
}
