import type { Platform } from '../platform/platform.ts';
import { ResticError, type RepositoryApi } from '../restic/index.ts';
import { openSiteRepository } from './open-site-repository.ts';

interface Shelved {
  opening: Promise<RepositoryApi>;
  readers: number;
  /** Taken off the shelf: closes when its last reader leaves. */
  gone: boolean;
  timer?: NodeJS.Timeout;
}

const keepOpenMs = 120_000;
const mostOpen = 6;
const shelves = new WeakMap<object, Map<string, Shelved>>();
/** What a prune or a new backup does to a reader that knows an older index. */
const outdated = new Set(['missing-blob', 'not-found', 'damaged']);

/**
 * Reads in a site's repository for a screen: opening one takes a tenth of a second and more, so it stays open for a
 * while. No lock is taken: every blob is checked by its hash, and what a prune took away meanwhile is noticed and read
 * anew with a fresh index, once.
 */
export async function browseRepository<T>(
  platform: Platform,
  siteId: string,
  work: (repository: RepositoryApi) => Promise<T>,
): Promise<T> {
  const shelf = shelves.get(platform.db) ?? new Map<string, Shelved>();
  shelves.set(platform.db, shelf);
  const wasOpen = shelf.has(siteId);
  try {
    return await readOnce(platform, shelf, siteId, work);
  } catch (error) {
    if (!wasOpen || !(error instanceof ResticError) || !outdated.has(error.code)) throw error;
    takeOff(shelf, siteId);
    return readOnce(platform, shelf, siteId, work);
  }
}

async function readOnce<T>(
  platform: Platform,
  shelf: Map<string, Shelved>,
  siteId: string,
  work: (repository: RepositoryApi) => Promise<T>,
): Promise<T> {
  const found = shelf.get(siteId);
  const one = found ?? { opening: open(platform, siteId), readers: 0, gone: false };
  shelf.delete(siteId);
  shelf.set(siteId, one);
  for (const [oldest] of shelf) if (shelf.size > mostOpen) takeOff(shelf, oldest);
  one.readers += 1;
  clearTimeout(one.timer);
  try {
    return await work(await one.opening);
  } catch (error) {
    // One that cannot be opened is not kept either.
    one.opening.catch(() => shelf.get(siteId) === one && takeOff(shelf, siteId));
    throw error;
  } finally {
    one.readers -= 1;
    if (one.readers === 0) {
      if (one.gone) close(one);
      else one.timer = setTimeout(() => takeOff(shelf, siteId), keepOpenMs).unref();
    }
  }
}

async function open(platform: Platform, siteId: string): Promise<RepositoryApi> {
  const repository = await openSiteRepository(platform, siteId);
  try {
    await repository.loadIndex();
    return repository;
  } catch (error) {
    await repository.close();
    throw error;
  }
}

function takeOff(shelf: Map<string, Shelved>, siteId: string): void {
  const one = shelf.get(siteId);
  if (one === undefined) return;
  shelf.delete(siteId);
  clearTimeout(one.timer);
  one.gone = true;
  if (one.readers === 0) close(one);
}

function close(one: Shelved): void {
  one.opening.then((repository) => repository.close()).catch(() => {});
}
