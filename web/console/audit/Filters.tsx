import { useWords } from '../../ui/language.tsx';
import { Input, Select } from '../../ui/Input.tsx';
import { Search } from '../../ui/Search.tsx';
import styles from './Audit.module.css';
import { auditKinds, readAuditSearch, type AuditSearch } from './search.ts';
import { auditWords } from './words.ts';

/** Each change searches anew. */
export function Filters({ search, onChange }: { search: AuditSearch; onChange: (next: AuditSearch) => void }) {
  const words = useWords(auditWords);
  const set = (name: keyof AuditSearch) => (value: string) => onChange(readAuditSearch({ ...search, [name]: value }));
  return (
    <div className={styles.filters} role="search">
      <Search label={words.text} placeholder={words.textHint} value={search.text ?? ''} onChange={set('text')} />
      <Search label={words.who} placeholder={words.who} value={search.who ?? ''} onChange={set('who')} />
      <Select
        label={words.kind}
        name="kind"
        value={search.kind ?? 'others'}
        onChange={set('kind')}
        options={auditKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
      />
      <Input label={words.from} name="from" type="date" value={search.from ?? ''} onChange={set('from')} optional />
      <Input label={words.to} name="to" type="date" value={search.to ?? ''} onChange={set('to')} optional />
    </div>
  );
}
