import { useState } from 'react';
import { Bytes } from '../ui/Figures.tsx';
import { DefinitionList } from '../ui/DefinitionList.tsx';
import { useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Pager } from '../ui/Pager.tsx';
import { Progress } from '../ui/Progress.tsx';
import { Search } from '../ui/Search.tsx';
import { StateMark, type State } from '../ui/StateMark.tsx';
import { Steps, type Step } from '../ui/Steps.tsx';
import { Table, type Sort } from '../ui/Table.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Design.module.css';
import { designWords } from './words.ts';

interface Row {
  name: string;
  state: State;
  backup: string | null;
  bytes: number;
}

const rows: Row[] = [
  { name: 'bakkerijdewit.nl', state: 'well', backup: '2026-11-25T02:10:00Z', bytes: 1_204_000_000 },
  { name: 'kaashuis-holland.nl', state: 'broken', backup: '2026-11-24T22:10:00Z', bytes: 88_000_000 },
  { name: 'tandartsoost.nl', state: 'unsure', backup: '2026-08-02T02:10:00Z', bytes: 4_900_000_000 },
  { name: 'fietsplezier.shop', state: 'work', backup: null, bytes: 731_000 },
];

export function Lists() {
  const words = useWords(designWords);
  const [sort, setSort] = useState<Sort<'site' | 'state' | 'backup' | 'size'>>({ key: 'site', direction: 'up' });
  const [page, setPage] = useState(1);
  const [filter, setFilter] = useState('');
  const stateWords = {
    well: words.well,
    broken: words.broken,
    unsure: words.unsure,
    work: words.work,
    off: words.offState,
  };
  const shown = rows.filter((row) => row.name.includes(filter));
  return (
    <>
      <Search label={words.searchLabel} placeholder={words.searchHint} value={filter} onChange={setFilter} />
      {[false, true].map((stacks) => (
        <Table
          key={String(stacks)}
          caption={stacks ? words.lastBackup : words.site}
          columns={[
            { key: 'site', title: words.site, sorts: true, cell: (row: Row) => <a href="#lists">{row.name}</a> },
            {
              key: 'state',
              title: words.state,
              sorts: true,
              cell: (row) => <StateMark state={row.state}>{stateWords[row.state]}</StateMark>,
            },
            {
              key: 'backup',
              title: words.lastBackup,
              sorts: true,
              align: 'end',
              cell: (row) => <Moment at={row.backup} how="short" quiet />,
            },
            { key: 'size', title: words.size, align: 'end', cell: (row) => <Bytes value={row.bytes} /> },
          ]}
          rows={sort.direction === 'up' ? shown : shown.toReversed()}
          keyOf={(row) => row.name}
          sort={sort}
          onSort={setSort}
          current="kaashuis-holland.nl"
          stacks={stacks}
          onOpen={(row) => toast(row.name)}
        />
      ))}
      <Pager page={page} pageSize={50} total={214} onPage={setPage} />
      <Tabs
        label={words.site}
        tabs={[
          {
            key: 'files',
            title: words.tabs.files,
            content: (
              <DefinitionList
                items={[
                  { key: 'a', term: words.size, value: <Bytes value={1_204_000_000} /> },
                  { key: 'b', term: words.lastBackup, value: <Moment at="2026-11-25T02:10:00Z" /> },
                  { key: 'c', term: words.site, value: 'https://bakkerijdewit.nl/een-heel-lang-adres-dat-niet-past' },
                ]}
              />
            ),
          },
          { key: 'database', title: words.tabs.database, content: words.reason },
          { key: 'plugins', title: words.tabs.plugins, content: words.emptyText },
        ]}
      />
    </>
  );
}

export function Work() {
  const words = useWords(designWords);
  const states: Step['state'][][] = [
    ['done', 'done', 'now', 'later', 'later'],
    ['done', 'done', 'failed', 'later', 'later'],
    ['done', 'done', 'done', 'done', 'done'],
  ];
  return (
    <div className={styles.stack}>
      {states.map((line, number) => (
        <Steps
          key={String(number)}
          label={words.work}
          steps={words.steps.map((name, at) => ({
            key: name,
            name,
            state: line[at] ?? 'later',
            detail: words.stepDetails[at],
          }))}
        />
      ))}
      <Progress label={words.filesDone} share={0.42} value="8.412 / 20.000" />
      <Progress label={words.filesDone} share={1} />
      <Progress label={words.unknownLong} share={null} />
    </div>
  );
}
