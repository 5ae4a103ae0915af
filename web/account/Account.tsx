import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useTold } from '../sign-in/error-words.ts';
import { AppPanel } from './AppPanel.tsx';
import { PasskeysPanel } from './PasskeysPanel.tsx';
import { PasswordPanel } from './PasswordPanel.tsx';
import { ProfilePanel } from './ProfilePanel.tsx';
import { SessionsPanel } from './SessionsPanel.tsx';
import { accountWords } from './words.ts';

/** The reader's own account: what he signs in with, and where he is signed in. */
export function Account() {
  const words = useWords(accountWords);
  const me = useQuery(api.account.me.queryOptions());
  const factors = useQuery(api.account.factors.queryOptions({ enabled: me.data?.kind === 'person' }));
  const error = useTold(me.error ?? factors.error);
  if (me.data && me.data.kind !== 'person') {
    return <EmptyState heading={<Sentence>{words.noPerson}</Sentence>}>{words.noPersonNext}</EmptyState>;
  }
  if (error !== undefined) {
    return <ErrorNote error={error} onRetry={() => void Promise.all([me.refetch(), factors.refetch()])} />;
  }
  if (!me.data || !factors.data) return <Skeleton />;
  const { name, email, role, mustSetUp } = me.data;
  const facts = { factors: factors.data, email: email ?? '' };
  // What must be done first stands first, and alone.
  if (mustSetUp) {
    return (
      <>
        <Sentence key="must" below={words.mustSetUpBelow}>
          {words.mustSetUp}
        </Sentence>
        <PasskeysPanel {...facts} isNeeded />
        <AppPanel {...facts} />
      </>
    );
  }
  return (
    <>
      <Sentence
        key="account"
        below={words.signedInAs(email ?? '', words.roles[role])}
        actions={role !== 'customer' && <ButtonLink to="/">{words.toSites}</ButtonLink>}
      >
        {words.heading(name)}
      </Sentence>
      <PasskeysPanel {...facts} />
      <AppPanel {...facts} />
      <PasswordPanel {...facts} />
      <SessionsPanel />
      <ProfilePanel me={me.data} />
    </>
  );
}
