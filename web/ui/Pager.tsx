import { numberInWords } from '../../src/platform/words.ts';
import { Button } from './Button.tsx';
import { useLanguage, useWords } from './language.tsx';
import styles from './Pager.module.css';
import { uiWords } from './words.ts';

interface PagerProps {
  /** From 0. */
  page: number;
  pageSize: number;
  /** All rows of all pages; undefined = only known whether there are more. */
  total?: number | undefined;
  /** Without a total: whether there is a next page. */
  hasMore?: boolean;
  onPage: (page: number) => void;
}

/** Leafs through a long list. Says where the reader is; nothing when all fits on one page. */
export function Pager({ page, pageSize, total, hasMore, onPage }: PagerProps) {
  const words = useWords(uiWords);
  const language = useLanguage();
  const isLast = total === undefined ? hasMore !== true : (page + 1) * pageSize >= total;
  if (page === 0 && isLast) return null;
  const number = (value: number) => numberInWords(value, language);
  return (
    <nav className={styles.pager} aria-label={words.pager}>
      <span className={styles.range} aria-live="polite">
        {total !== undefined &&
          words.range(number(page * pageSize + 1), number(Math.min(total, (page + 1) * pageSize)), number(total))}
      </span>
      <div className={styles.buttons}>
        <Button size="small" disabled={page === 0} onClick={() => onPage(page - 1)}>
          <span aria-hidden="true">←</span> {words.previous}
        </Button>
        <Button size="small" disabled={isLast} onClick={() => onPage(page + 1)}>
          {words.next} <span aria-hidden="true">→</span>
        </Button>
      </div>
    </nav>
  );
}
