import { Link } from '@tanstack/react-router';
import type { AuditEntry } from '../../../src/audit/contract.ts';
import { actionInWords } from '../../../src/audit/words.ts';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Why } from '../../ui/Why.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import styles from './Audit.module.css';
import { auditWords } from './words.ts';

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const words = useWords(auditWords);
  const language = useLanguage();
  const { columns } = words;
  const list: Column<AuditEntry>[] = [
    { key: 'at', title: columns.at, cell: (each) => <Moment at={each.at} how="full" quiet /> },
    { key: 'who', title: columns.who, wraps: true, cell: (each) => <Who actor={each.actor} /> },
    { key: 'what', title: columns.what, wraps: true, cell: (each) => actionInWords(each.action, language) },
    { key: 'where', title: columns.where, wraps: true, cell: (each) => <Where entry={each} /> },
    { key: 'more', title: columns.more, cell: (each) => <Particulars entry={each} /> },
  ];
  return <Table caption={words.caption} columns={list} rows={entries} keyOf={(each) => String(each.id)} stacks />;
}

function Who({ actor }: { actor: string }) {
  const words = useWords(auditWords);
  const [, kind, name] = /^(person|token|system):(.*)$/.exec(actor) ?? [];
  if (kind !== 'person' && kind !== 'token' && kind !== 'system') return actor;
  return (
    <span className={styles.who}>
      {kind === 'system' ? words.actors.system : name}
      {kind === 'token' && <span className={styles.soft}> ({words.actors.token})</span>}
    </span>
  );
}

function Where({ entry: { site } }: { entry: AuditEntry }) {
  if (site === null) return null;
  return (
    <Link to="/sites/$site" params={{ site: site.id }}>
      {(site.url ?? site.id).replace(/^https?:\/\//, '')}
    </Link>
  );
}

/** The facts as they were recorded. */
function Particulars({ entry }: { entry: AuditEntry }) {
  const words = useWords(auditWords);
  const { details, subject, site } = entry;
  const facts = typeof details === 'object' && details !== null ? Object.entries(details) : [];
  const items = [
    ...(site === null ? [['', subject] as const] : []),
    ...facts.filter(([, value]) => value !== null && value !== ''),
  ].map(([name, value]) => ({ key: name, term: name, value: textOf(value) }));
  if (items.length === 0) return null;
  return (
    <Why label={words.details}>
      <DefinitionList items={items} />
    </Why>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
