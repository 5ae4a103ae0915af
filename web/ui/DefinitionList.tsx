import { Fragment, type ReactNode } from 'react';
import styles from './DefinitionList.module.css';

export interface Definition {
  key: string;
  term: ReactNode;
  value: ReactNode;
}

/** Facts by their names. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className={styles.list}>
      {items.map(({ key, term, value }) => (
        <Fragment key={key}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
