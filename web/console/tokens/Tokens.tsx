import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Token } from '../../../src/identity/contract.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { MakeToken } from './MakeToken.tsx';
import { RevokeToken } from './RevokeToken.tsx';
import styles from './Tokens.module.css';
import { tokensWords } from './words.ts';

/** Programs that come in without a person: API tokens. */
export function Tokens() {
  const words = useWords(tokensWords);
  const tokens = useQuery(api.tokens.list.queryOptions());
  const [isMaking, setMaking] = useState(false);
  if (tokens.error && !tokens.data) return <ErrorNote error={tokens.error} onRetry={() => void tokens.refetch()} />;
  if (!tokens.data) return <Skeleton />;
  const valid = tokens.data.filter((each) => each.valid).toReversed();
  const ended = tokens.data.filter((each) => !each.valid).toReversed();
  const make = (
    <Button look="primary" onClick={() => setMaking(true)}>
      {words.make}
    </Button>
  );
  return (
    <>
      <Sentence below={words.below} {...(valid.length > 0 && { actions: make })}>
        {valid.length === 0 ? words.none : words.heading(valid.length)}
      </Sentence>
      {valid.length === 0 ? (
        <EmptyState heading={words.none} action={make}>
          {words.below}
        </EmptyState>
      ) : (
        <Panel>
          <TokenTable tokens={valid} caption={words.caption} />
        </Panel>
      )}
      {ended.length > 0 && (
        <details className={styles.ended}>
          <summary>{words.showEnded(ended.length)}</summary>
          <TokenTable tokens={ended} caption={words.ended} />
        </details>
      )}
      <MakeToken isOpen={isMaking} onOpenChange={setMaking} />
    </>
  );
}

function TokenTable({ tokens, caption }: { tokens: readonly Token[]; caption: string }) {
  const words = useWords(tokensWords);
  const { columns } = words;
  const list: Column<Token>[] = [
    { key: 'name', title: columns.name, wraps: true, cell: (each) => <span className={styles.name}>{each.name}</span> },
    { key: 'scope', title: columns.scope, cell: (each) => words.scopes[each.scope] },
    {
      key: 'made',
      title: columns.made,
      wraps: true,
      cell: (each) => (
        <div>
          <Moment at={each.madeAt} quiet />
          {each.madeBy !== null && (
            <div className={styles.soft}>{words.by(each.madeBy.replace(/^(person|token|system):/, ''))}</div>
          )}
        </div>
      ),
    },
    {
      key: 'used',
      title: columns.used,
      cell: (each) => (each.lastUsedAt === null ? words.never : <Moment at={each.lastUsedAt} quiet />),
    },
    { key: 'until', title: columns.until, cell: (each) => <Until token={each} /> },
    {
      key: 'actions',
      title: <span className={styles.hidden}>{columns.actions}</span>,
      align: 'end',
      cell: (each) => (each.valid ? <RevokeToken token={each} /> : null),
    },
  ];
  return <Table caption={caption} columns={list} rows={tokens} keyOf={(each) => each.id} stacks />;
}

function Until({ token }: { token: Token }) {
  const words = useWords(tokensWords);
  if (token.revokedAt !== null) return <span className={styles.soft}>{words.states.revoked}</span>;
  if (!token.valid) return <span className={styles.soft}>{words.states.expired}</span>;
  return token.expiresAt === null ? words.forever : <Moment at={token.expiresAt} how="date" quiet />;
}
