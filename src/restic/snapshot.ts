import { damaged, hasCode, ResticError } from './errors.ts';
import { goString, goTime, parseGoTime } from './go-json.ts';
import { isId } from './hash.ts';
import type { Sealer } from './seal.ts';
import type { Backend, Id, Snapshot } from './types.ts';
import { readJsonFile, writeJsonFile } from './unpacked.ts';

/** Stores a snapshot file; returns it with its id. The caller has checked the lock and the tree. */
export async function writeSnapshot(
  backend: Backend,
  sealer: Sealer,
  snapshot: Omit<Snapshot, 'id'>,
): Promise<Snapshot> {
  const id = await writeJsonFile(backend, sealer, 'snapshot', encodeSnapshot(snapshot));
  return { ...snapshot, id };
}

/** JSON in the order of restic's own fields. */
export function encodeSnapshot(snapshot: Omit<Snapshot, 'id'>): string {
  if (!isId(snapshot.tree) || (snapshot.parent !== undefined && !isId(snapshot.parent))) {
    throw new ResticError('bad-snapshot', 'A snapshot needs the id of a tree.');
  }
  const strings = (list: string[]): string => `[${list.map(goString).join(',')}]`;
  let json = `{"time":"${goTime(BigInt(snapshot.time.getTime()) * 1_000_000n)}"`;
  if (snapshot.parent !== undefined) json += `,"parent":"${snapshot.parent}"`;
  json += `,"tree":"${snapshot.tree}","paths":${strings(snapshot.paths)}`;
  if (snapshot.hostname) json += `,"hostname":${goString(snapshot.hostname)}`;
  if (snapshot.username) json += `,"username":${goString(snapshot.username)}`;
  if (snapshot.tags.length > 0) json += `,"tags":${strings(snapshot.tags)}`;
  if (snapshot.programVersion) json += `,"program_version":${goString(snapshot.programVersion)}`;
  if (snapshot.summary !== undefined) json += `,"summary":${JSON.stringify(snapshot.summary)}`;
  return `${json}}`;
}

/** Throws `not-found` or `damaged`. */
export async function readSnapshot(backend: Backend, sealer: Sealer, id: Id): Promise<Snapshot> {
  return parseSnapshot(id, await readJsonFile(backend, sealer, 'snapshot', id));
}

export function parseSnapshot(id: Id, json: Record<string, unknown>): Snapshot {
  const ns = parseGoTime(json['time']);
  const { tree, parent, summary } = json;
  if (ns === undefined || !isId(tree)) throw damaged(`snapshot ${id} lacks a time or a tree`);
  const strings = (field: string): string[] => {
    const list = json[field] ?? [];
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
      throw damaged(`snapshot ${id} has a bad list of ${field}`);
    }
    return list;
  };
  const snapshot: Snapshot = {
    id,
    time: new Date(Number(ns / 1_000_000n)),
    tree,
    paths: strings('paths'),
    hostname: typeof json['hostname'] === 'string' ? json['hostname'] : '',
    tags: strings('tags'),
  };
  if (isId(parent)) snapshot.parent = parent;
  if (typeof json['username'] === 'string') snapshot.username = json['username'];
  if (typeof json['program_version'] === 'string') snapshot.programVersion = json['program_version'];
  if (summary !== null && typeof summary === 'object') snapshot.summary = Object.fromEntries(Object.entries(summary));
  return snapshot;
}

/** All snapshots, oldest first. One that is removed meanwhile is left out; a damaged one is an error. */
export async function listSnapshots(backend: Backend, sealer: Sealer): Promise<Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const id of await snapshotIds(backend)) {
    try {
      snapshots.push(await readSnapshot(backend, sealer, id));
    } catch (error) {
      if (!hasCode(error, 'not-found')) throw error;
    }
  }
  return snapshots.toSorted((a, b) => a.time.getTime() - b.time.getTime() || (a.id < b.id ? -1 : 1));
}

export async function snapshotIds(backend: Backend): Promise<Id[]> {
  const ids: Id[] = [];
  for await (const { name } of backend.list('snapshot')) if (isId(name)) ids.push(name);
  return ids;
}
