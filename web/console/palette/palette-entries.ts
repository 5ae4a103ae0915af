import { useNavigate, type LinkProps } from '@tanstack/react-router';
import { useAccount } from '../../shell/account.ts';
import { shellWords } from '../../shell/words.ts';
import { useWords } from '../../ui/language.tsx';
import { showKeys } from '../keys/key-help.ts';
import type { Row } from '../today/list-search.ts';
import { paletteWords } from './words.ts';

/** One line of the palette. */
export interface Entry {
  key: string;
  group: string;
  name: string;
  note?: string;
  /** Keys that do the same, as in `KeyHint`. */
  keys?: string;
  /** Of a site. */
  row?: Row;
  go: () => void;
}

interface FoundSite {
  id: string;
  name: string;
  customer: string;
  row: Row;
}

interface Place {
  to: NonNullable<LinkProps['to']>;
  title:
    | 'today'
    | 'watch'
    | 'incidents'
    | 'duty'
    | 'myDuty'
    | 'customers'
    | 'people'
    | 'audit'
    | 'tokens'
    | 'settings'
    | 'account';
  keys?: string;
  forOperator?: boolean;
}

const places: Place[] = [
  { to: '/', title: 'today', keys: 'g+t' },
  { to: '/watch', title: 'watch', keys: 'g+w' },
  { to: '/incidents', title: 'incidents', keys: 'g+o' },
  { to: '/duty', title: 'duty', keys: 'g+d' },
  { to: '/duty/mine', title: 'myDuty' },
  { to: '/customers', title: 'customers', keys: 'g+c' },
  { to: '/people', title: 'people', keys: 'g+p', forOperator: true },
  { to: '/audit', title: 'audit', keys: 'g+a', forOperator: true },
  { to: '/tokens', title: 'tokens', forOperator: true },
  { to: '/settings', title: 'settings', keys: 'g+i', forOperator: true },
  { to: '/account', title: 'account' },
];

/** What fits the text: sites first, then what can be done with them, lists, pages. */
export function useEntries(
  search: string,
  sites: readonly FoundSite[],
  backUp: { shown: number; start: (site: string) => void },
): Entry[] {
  const words = useWords(paletteWords);
  const { titles } = useWords(shellWords);
  const navigate = useNavigate();
  const account = useAccount();
  const mayAll = account === undefined || account.role === 'operator' || account.kind !== 'person';
  const fits = (name: string): boolean => {
    const lower = name.toLowerCase();
    return search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => lower.includes(word));
  };
  const list = (
    name: string,
    key: string,
    filter: { state?: 'broken' | 'waits'; late?: true; runs?: true },
  ): Entry => ({
    key,
    group: words.actions,
    name,
    go: () => void navigate({ to: '/', search: filter, hash: 'sites' }),
  });
  const deeds: Entry[] = [
    list(words.lists.broken, 'broken', { state: 'broken' }),
    list(words.lists.late, 'late', { late: true }),
    list(words.lists.waits, 'waits', { state: 'waits' }),
    list(words.lists.running, 'running', { runs: true }),
    ...(mayAll
      ? [
          {
            key: 'add',
            group: words.actions,
            name: words.addSite,
            keys: 'g+n',
            go: () => void navigate({ to: '/sites/new' }),
          },
        ]
      : []),
    { key: 'keys', group: words.actions, name: words.keys, keys: '?', go: showKeys },
  ];
  const pages = places
    .filter((place) => mayAll || !place.forOperator)
    .map(({ to, title, keys }): Entry => ({
      key: to,
      group: words.pages,
      name: titles[title],
      ...(keys !== undefined && { keys }),
      go: () => void navigate({ to }),
    }));
  return [
    ...sites.map(({ id, name, customer, row }): Entry => ({
      key: id,
      group: words.sites,
      name,
      note: customer,
      row,
      go: () => void navigate({ to: '/sites/$site', params: { site: id } }),
    })),
    ...sites.slice(0, backUp.shown).map(({ id, name }): Entry => ({
      key: `backup ${id}`,
      group: words.actions,
      name: words.backUp(name),
      go: () => backUp.start(id),
    })),
    ...[...deeds, ...pages].filter((entry) => fits(entry.name)),
  ];
}
