import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './Table.module.css';
import { uiWords } from './words.ts';

export interface Sort<Key extends string = string> {
  key: Key;
  direction: 'up' | 'down';
}

export interface Column<Row, Key extends string = string> {
  /** Name of the column; also its sort key. */
  key: Key;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Can be sorted by. */
  sorts?: boolean;
  /** `end`: figures. */
  align?: 'start' | 'end';
  wraps?: boolean;
  className?: string | undefined;
}

interface TableProps<Row, Key extends string> {
  /** What the table lists, for screen readers. */
  caption: string;
  columns: readonly Column<Row, Key>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  sort?: Sort<NoInfer<Key>> | undefined;
  onSort?: (sort: Sort<NoInfer<Key>>) => void;
  /** With it rows take the focus: arrows or j and k move, Enter opens. Give each row a link too, for the mouse. */
  onOpen?: (row: Row) => void;
  /** Key of the row that the reader is at. */
  current?: string | undefined;
  /** On a phone each row becomes a block with the columns' names. */
  stacks?: boolean;
  className?: string;
}

/** A dense table. The server sorts; the table says by what. */
export function Table<Row, Key extends string>(props: TableProps<Row, Key>) {
  const { caption, columns, rows, keyOf, sort, onSort, onOpen, current, stacks, className } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const scroller = useRef<HTMLElement>(null);

  const move = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.target !== event.currentTarget) return;
    const all = Array.from(body.current?.rows ?? []);
    const at = all.indexOf(event.currentTarget);
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen?.(row);
    }
  };

  const firstKey = rows[0] === undefined ? undefined : keyOf(rows[0]);
  const stop = rows.some((row) => keyOf(row) === current) ? current : firstKey;
  return (
    <section ref={scroller} className={classNames(styles.scroller, className)} aria-label={caption}>
      <table className={classNames(styles.table, stacks && styles.stacks)}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => {
            const key = keyOf(row);
            const focusable = onOpen && { tabIndex: key === stop ? 0 : -1 };
            return (
              <tr
                key={key}
                className={onOpen && styles.row}
                data-current={key === current || undefined}
                {...focusable}
                {...(onOpen && { onKeyDown: (event) => move(event, row) })}
              >
                {columns.map((column) => (
                  <td
                    key={column.key}
                    className={classNames(
                      column.align === 'end' && styles.end,
                      column.align === 'end' && !column.wraps && styles.nowrap,
                      column.className,
                    )}
                    {...(stacks && { 'data-label': typeof column.title === 'string' ? column.title : '' })}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps<Row, Key extends string> {
  column: Column<Row, Key>;
  sort: Sort<Key> | undefined;
  onSort: ((sort: Sort<Key>) => void) | undefined;
}

function Head<Row, Key extends string>({ column, sort, onSort }: HeadProps<Row, Key>) {
  const words = useWords(uiWords);
  const { key, title, sorts, align, className } = column;
  const isOn = sort?.key === key;
  const direction = isOn ? sort.direction : undefined;
  const ariaSort = direction && ({ up: 'ascending', down: 'descending' } as const)[direction];
  return (
    <th scope="col" className={classNames(align === 'end' && styles.end, className)} aria-sort={ariaSort}>
      {sorts && onSort ? (
        <button
          type="button"
          className={styles.sort}
          data-on={isOn || undefined}
          title={typeof title === 'string' ? words.sortBy(title) : undefined}
          onClick={() => onSort({ key, direction: direction === 'up' ? 'down' : 'up' })}
        >
          {title}
          <span className={styles.arrow} aria-hidden="true">
            {direction === undefined ? '' : direction === 'up' ? '▲' : '▼'}
          </span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}
