import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { branding } from '../shell/branding.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { RadioGroup } from '../ui/Choices.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Form, type FormValues } from '../ui/Form.tsx';
import { Input, Password } from '../ui/Input.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { apiErrorOf } from '../api.ts';
import { askAuth, callAuth } from './call-auth.ts';
import { useTold } from './error-words.ts';
import { deviceWords, makePasskey, passkeysPossible, wasCancelled } from './passkeys.ts';
import { SecondFactorSetUp } from './SecondFactorSetUp.tsx';
import styles from './SignIn.module.css';
import { signInWords } from './words.ts';

/** What the server tells of a link (`/entry/look`). */
interface Entry {
  kind: 'first-operator' | 'invitation' | 'reset' | 'password';
  email: string | null;
  name: string | null;
  role: 'operator' | 'guard' | 'customer';
  customer: string | null;
  needsSecondFactor: boolean;
}

/** Coming in by a one-time link: the first operator, an invitation, or a sign-in that is set up anew. */
export function Enter() {
  const words = useWords(signInWords);
  const [secret] = useState(() => window.location.hash.slice(1));
  const look = useQuery({
    queryKey: ['entry', secret],
    queryFn: () => askAuth<Entry>('POST', '/entry/look', { secret }),
    enabled: secret !== '',
    retry: false,
    staleTime: Infinity,
  });
  const error = useTold(look.error);
  if (secret === '')
    return (
      <NotValid>
        <p>{words.entry.noSecret}</p>
      </NotValid>
    );
  if (look.isPending) {
    return (
      <>
        <Sentence>{words.entry.looking}</Sentence>
        <Skeleton />
      </>
    );
  }
  if (!look.data) {
    const isLink = apiErrorOf(look.error).code === 'link-not-valid';
    return (
      <NotValid>
        <ErrorNote error={error} {...(isLink ? {} : { onRetry: () => void look.refetch() })} />
      </NotValid>
    );
  }
  return <Choose secret={secret} entry={look.data} />;
}

function NotValid({ children }: { children: ReactNode }) {
  const words = useWords(signInWords);
  return (
    <>
      <Sentence key="notValid">{words.entry.notValid}</Sentence>
      <div className={styles.stack}>
        {children}
        <div>
          <ButtonLink to="/sign-in">{words.entry.toSignIn}</ButtonLink>
        </div>
      </div>
    </>
  );
}

function Opening({ entry }: { entry: Entry }) {
  const words = useWords(signInWords).entry;
  if (entry.kind === 'first-operator') return <Sentence below={words.firstBelow}>{words.first}</Sentence>;
  if (entry.kind === 'reset') return <Sentence below={words.resetBelow}>{words.reset}</Sentence>;
  if (entry.kind === 'password') return <Sentence below={words.newPasswordBelow}>{words.newPassword}</Sentence>;
  return <Sentence below={words.as[entry.role](entry.customer)}>{words.invited(branding.name)}</Sentence>;
}

/** Everything is loaded anew: the person is signed in now. */
const goIn = () => window.location.replace('/');

function Choose({ secret, entry }: { secret: string; entry: Entry }) {
  const words = useWords(signInWords);
  const language = useLanguage();
  const [step, setStep] = useState<'choose' | 'app' | 'signIn'>('choose');
  const [isProved, setProved] = useState(false);
  const [chosen, setChosen] = useState({ email: entry.email ?? '', password: '' });
  const mayPasskey = entry.kind !== 'password';
  const [way, setWay] = useState<'passkey' | 'password'>(mayPasskey && passkeysPossible() ? 'passkey' : 'password');
  const isFirst = entry.kind === 'first-operator';

  const told = (values: FormValues) => ({
    secret,
    language,
    ...(isFirst ? { email: values.text('email') } : {}),
    ...(isFirst || entry.kind === 'invitation' ? { name: values.text('name') } : {}),
  });
  const enter = useMutation({
    mutationFn: async (values: FormValues) => {
      if (way === 'passkey') {
        await callAuth('/entry/passkey', told(values));
        await makePasskey(deviceWords(navigator.userAgent));
        return 'done';
      }
      const password = values.text('password');
      setChosen({ email: entry.email ?? values.text('email'), password });
      return (await callAuth('/entry/accept', { ...told(values), password })).next ?? 'done';
    },
    onSuccess: (next) => {
      if (next === 'sign-in') setStep('signIn');
      else if (way === 'passkey' || entry.kind === 'password') goIn();
      else setStep('app');
    },
  });
  const leave = useMutation({ mutationFn: () => callAuth('/sign-out'), onSuccess: () => enter.reset() });
  const error = useTold(wasCancelled(enter.error) ? null : enter.error);

  if (step === 'signIn') {
    return (
      <EmptyState
        heading={<Sentence key="signIn">{words.entry.passwordDone}</Sentence>}
        action={
          <ButtonLink to="/sign-in" look="primary">
            {words.entry.signInNow}
          </ButtonLink>
        }
      >
        {words.entry.passwordDoneBelow}
      </EmptyState>
    );
  }
  if (step === 'app') {
    const { heading, below, askHeading, askBelow } = words.app;
    const [title, text] = isProved
      ? [words.codes.heading, words.codes.below]
      : entry.needsSecondFactor
        ? [heading, below]
        : [askHeading, askBelow];
    return (
      <>
        <Sentence key={title} below={text}>
          {title}
        </Sentence>
        <SecondFactorSetUp
          {...chosen}
          onProved={() => setProved(true)}
          onDone={goIn}
          {...(entry.needsSecondFactor ? {} : { onLater: goIn })}
        />
      </>
    );
  }
  if (error !== undefined && apiErrorOf(enter.error).code === 'signed-in-already') {
    return (
      <EmptyState
        heading={<Sentence key="signedIn">{words.entry.signedIn}</Sentence>}
        action={
          <Button look="primary" working={leave.isPending} onClick={() => leave.mutate()}>
            {words.entry.signOut}
          </Button>
        }
      />
    );
  }
  const isPassword = way === 'password';
  return (
    <>
      <Opening entry={entry} />
      <Form
        onSubmit={(values) => enter.mutate(values)}
        error={error}
        errorFields={{
          'password-too-short': 'password',
          'password-too-common': 'password',
          'password-too-long': 'password',
          'email-missing': 'email',
        }}
        submit={isPassword ? words.entry.setPassword : words.entry.makePasskey}
        working={enter.isPending}
      >
        {isFirst ? (
          <Input label={words.email} name="email" type="email" autoComplete="username" spellCheck={false} />
        ) : (
          <Input
            label={words.email}
            name="email"
            type="email"
            value={entry.email ?? ''}
            autoComplete="username"
            readOnly
          />
        )}
        {(isFirst || entry.kind === 'invitation') && (
          <Input
            label={words.entry.name}
            name="name"
            autoComplete="name"
            defaultValue={entry.name ?? ''}
            maxLength={100}
            {...(entry.role === 'customer' ? {} : { hint: words.entry.nameHint })}
          />
        )}
        {mayPasskey && (
          <RadioGroup
            label={words.entry.how}
            name="way"
            value={way}
            onChange={(value) => setWay(value === 'passkey' ? 'passkey' : 'password')}
            options={[
              {
                value: 'passkey',
                label: words.entry.passkey,
                hint: passkeysPossible() ? words.entry.passkeyHint : words.entry.passkeyOff,
                disabled: !passkeysPossible(),
              },
              {
                value: 'password',
                label: words.entry.passwordChoice,
                hint: entry.needsSecondFactor ? words.entry.passwordHintApp : words.entry.passwordHint,
              },
            ]}
          />
        )}
        {isPassword && (
          <Password
            label={words.password}
            name="password"
            autoComplete="new-password"
            minLength={12}
            hint={words.entry.passwordRule}
          />
        )}
        {enter.isPending && !isPassword && (
          <p role="status" className={styles.soft}>
            {words.entry.waiting}
          </p>
        )}
      </Form>
    </>
  );
}
