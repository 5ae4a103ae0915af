import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface Tab {
  key: string;
  title: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  /** What the tabs divide, for screen readers. */
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (key: string) => void;
}

/** Parts of one thing, one in sight at a time. Arrow keys move between them. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const first = tabs[0]?.key;
  return (
    <BaseTabs.Root
      {...(value === undefined ? { defaultValue: first } : { value })}
      {...(onChange && { onValueChange: (key: unknown) => onChange(String(key)) })}
    >
      <BaseTabs.List className={styles.list} aria-label={label} activateOnFocus>
        {tabs.map(({ key, title }) => (
          <BaseTabs.Tab key={key} value={key} className={styles.tab}>
            {title}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map(({ key, content }) => (
        <BaseTabs.Panel key={key} value={key} className={styles.panel}>
          {content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
