import type { SiteWords } from './words.ts';

export interface InventoryRow {
  key: string;
  kind: string;
  name: string;
  version: string;
  state: string;
}

type Record_ = Record<string, unknown> & { kind: string };

const order = ['core', 'php', 'database', 'server', 'theme', 'plugin', 'mu-plugin', 'drop-in'];
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** What a site said of itself as rows: the whole first, then themes and plugins by name. Everything in it is foreign text. */
export function inventoryRows(
  records: readonly Record_[],
  words: SiteWords['inventory'],
  bytes: (value: number) => string,
): InventoryRow[] {
  return records
    .map((record, at) => {
      const kind = words.kinds[record.kind] ?? record.kind;
      const name = text(record['name']) || text(record['file']) || kind;
      return {
        key: `${record.kind} ${text(record['file']) || String(at)}`,
        rank: order.indexOf(record.kind),
        kind,
        name,
        version: text(record['version']) || text(record['software']),
        state: stateOf(record, words, bytes),
      };
    })
    .toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .map(({ key, kind, name, version, state }) => ({ key, kind, name, version, state }));
}

function stateOf(record: Record_, words: SiteWords['inventory'], bytes: (value: number) => string): string {
  switch (record.kind) {
    case 'plugin':
      return record['active'] === true ? words.active : words.inactive;
    case 'mu-plugin':
      return words.mustUse;
    case 'drop-in':
      return words.dropIn;
    case 'theme':
      return record['active'] === true ? words.current : record['in_use'] === true ? words.parent : words.inactive;
    case 'core':
      return record['multisite'] === true ? words.multisite : '';
    case 'database':
      return typeof record['bytes'] === 'number' ? bytes(record['bytes']) : '';
    default:
      return '';
  }
}
