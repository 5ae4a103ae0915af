import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MomentView } from '../../src/backups/moments/contract.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Input } from '../ui/Input.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { restoreScreenWords } from './restore-words.ts';
import styles from './Restore.module.css';
import { scopeOf, type Choice } from './scope.ts';
import { nameOf } from './SitePage.tsx';

interface ConfirmProps {
  site: Site;
  moment: MomentView;
  choice: Choice;
  onBack: () => void;
}

/** The last step: the name of the site must be typed. */
export function RestoreConfirm({ site, moment, choice, onBack }: ConfirmProps) {
  const words = useWords(restoreScreenWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const name = nameOf(site.url);
  const isSame = typed.trim().toLowerCase() === name.toLowerCase();
  const start = useMutation(
    api.restores.start.mutationOptions({
      onSuccess: ({ runId }) =>
        navigate({ to: '/sites/$site/restore', params: { site: site.id }, search: { run: runId }, replace: true }),
    }),
  );
  return (
    <Panel title={words.confirm.sentence}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isSame && !start.isPending) start.mutate({ site: site.id, snapshot: moment.id, ...scopeOf(choice) });
        }}
      >
        <p>
          <b>{dateAndTime(new Date(moment.takenAt), { language })}</b> · {words.scope[choice.what]}
        </p>
        <p className={styles.moment}>
          {words.confirm.all(name)} {words.preview.undo}
        </p>
        <Input
          label={words.confirm.typed(name)}
          name="confirmation"
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          spellCheck={false}
          hint={typed !== '' && !isSame ? words.confirm.wrong : undefined}
        />
        {start.error !== null && <ErrorNote error={start.error} />}
        <div className={styles.actions}>
          <Button onClick={onBack}>{words.back}</Button>
          <Button type="submit" look="danger" disabled={!isSame} working={start.isPending}>
            {words.confirm.go}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
