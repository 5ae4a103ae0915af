import { Button, ButtonLink } from '../ui/Button.tsx';
import { Code, CodeBlock, CopyField } from '../ui/Copy.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Bytes, Count, Duration } from '../ui/Figures.tsx';
import { useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

export function Figures() {
  return (
    <>
      <div className={styles.row}>
        {(['relative', 'short', 'full', 'date', 'time'] as const).map((how) => (
          <Moment key={how} at="2026-11-23T02:10:21Z" how={how} />
        ))}
        <Moment at={null} />
        <Moment at="2026-11-23T02:10:21Z" quiet />
      </div>
      <div className={styles.row}>
        {[0, 512, 88_000, 1_940_000_000].map((value) => (
          <Bytes key={value} value={value} />
        ))}
        <Count value={1204} /> <Count value={0.413} digits={2} />
        {[400, 9400, 71_000, 600_000, 12_345_000].map((ms) => (
          <Duration key={ms} ms={ms} />
        ))}
      </div>
    </>
  );
}

export function Empties() {
  const words = useWords(designWords);
  return (
    <div className={styles.two}>
      <EmptyState
        heading={words.emptyHeading}
        action={
          <ButtonLink to="/sites/new" look="primary">
            {words.emptyAction}
          </ButtonLink>
        }
      >
        {words.emptyText}
      </EmptyState>
      <div className={styles.stack}>
        <ErrorNote error={new TypeError('no connection')} onRetry={() => {}} />
        <ErrorNote error={new Error('a fault')}>
          <Button>{words.open}</Button>
        </ErrorNote>
      </div>
      <Skeleton lines={4} />
      <Skeleton lines={2} block />
    </div>
  );
}

export function Takeaways() {
  const words = useWords(designWords);
  return (
    <div className={styles.stack}>
      <CopyField label={words.token} value="nw_7Hq2mWf0Zr4Tq8Xb1LcV9sYd3NpKe6Ga" />
      <CopyField label={words.pairing} value="K7QF-92MD-XWTR" size="large" />
      <div>
        <p>{words.run}</p>
        <CodeBlock>{'./nachtwacht token create noor --scope operate'}</CodeBlock>
      </div>
      <p>
        <Code>wp_wc_orders</Code> <Code>wp-content/uploads/2026/11/logo.png</Code>
      </p>
    </div>
  );
}
