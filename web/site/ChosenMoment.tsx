import { useMutation } from '@tanstack/react-query';
import type { MomentView } from '../../src/backups/moments/contract.ts';
import { backupWords } from '../../src/backups/words.ts';
import { bytesInWords, numberInWords } from '../../src/platform/words.ts';
import { api, queryClient } from '../api.ts';
import { Button, ButtonAnchor, ButtonLink } from '../ui/Button.tsx';
import { durationInWords } from '../ui/duration-words.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { StateMark } from '../ui/StateMark.tsx';
import { toast } from '../ui/toast.ts';
import { uiWords } from '../ui/words.ts';
import { Changes } from './Changes.tsx';
import styles from './ChosenMoment.module.css';
import { SkippedDialog } from './SkippedDialog.tsx';
import { siteWords } from './words.ts';

interface ChosenMomentProps {
  site: string;
  moment: MomentView;
  onChoose: (moment: { id: string; takenAt: string }) => void;
}

/** Everything that is known of one moment, and what can be done with it. */
export function ChosenMoment({ site, moment, onChoose }: ChosenMomentProps) {
  const words = useWords(siteWords).moment;
  const language = useLanguage();
  const { previous, next } = moment;
  const snapshot = moment.id;
  const trial = useMutation(
    api.restores.trial.mutationOptions({ onSuccess: () => toast(words.trialAsked, { tone: 'well' }) }),
  );
  return (
    <div className={styles.columns}>
      <div className={styles.text}>
        <div className={styles.title}>
          <h3>
            <Moment at={moment.takenAt} how="full" />
          </h3>
          <span className={styles.soft}>
            {backupWords(language).reason[moment.reason]}
            {moment.isNewest && ` · ${words.newest}`}
          </span>
          <span className={styles.beside}>
            <Button
              size="small"
              look="quiet"
              disabled={previous === null}
              onClick={() => previous && onChoose(previous)}
            >
              <span aria-hidden="true">←</span> {words.older}
            </Button>
            <Button size="small" look="quiet" disabled={next === null} onClick={() => next && onChoose(next)}>
              {words.newer} <span aria-hidden="true">→</span>
            </Button>
          </span>
        </div>
        <Troubles moment={moment} />
        <Changes site={site} moment={moment} />
        <ReadBack moment={moment} />
        <p className={styles.soft}>
          {words.size(
            numberInWords(moment.files, language),
            bytesInWords(moment.fileBytes + moment.databaseBytes, language),
            numberInWords(moment.tables, language),
            numberInWords(moment.rows, language),
          )}{' '}
          · <Cost moment={moment} /> · <SkippedDialog site={site} snapshot={snapshot} />
        </p>
        <Kept site={site} moment={moment} />
      </div>
      <div className={styles.actions}>
        <ButtonLink to="/sites/$site/restore" params={{ site }} search={{ snapshot }} look="primary" wide>
          {words.goBack}
        </ButtonLink>
        <ButtonLink to="/sites/$site/restore" params={{ site }} search={{ snapshot, part: true }} wide>
          {words.part}
        </ButtonLink>
        <ButtonAnchor
          href={`/api/restores/download?${new URLSearchParams({ site, snapshot }).toString()}`}
          download
          wide
        >
          {words.download}
        </ButtonAnchor>
        <Button wide working={trial.isPending} onClick={() => trial.mutate({ site, snapshot })}>
          {words.trial}
        </Button>
        {trial.error !== null && <ErrorNote error={trial.error} />}
      </div>
    </div>
  );
}

function Troubles({ moment }: { moment: MomentView }) {
  const words = useWords(siteWords).moment;
  const language = useLanguage();
  return (
    <>
      {moment.wrongSince !== null && (
        <p>
          <StateMark state="broken">{words.wrong(dateAndTime(new Date(moment.wrongSince), { language }))}</StateMark>
        </p>
      )}
      {!moment.complete && (
        <p>
          <StateMark state="broken">{words.incomplete}</StateMark> {moment.gaps.map((gap) => gap[language]).join('; ')}
        </p>
      )}
      {!moment.consistent && <p className={styles.soft}>{words.notConsistent}</p>}
    </>
  );
}

/** What it cost to make. */
function Cost({ moment }: { moment: MomentView }) {
  const words = useWords(siteWords).moment;
  const { unit } = useWords(uiWords);
  const language = useLanguage();
  const bytes = (value: number) => bytesInWords(value, language);
  const took = durationInWords(moment.seconds * 1000, language, unit);
  return <>{words.cost(bytes(moment.newBytes), bytes(moment.storedBytes), bytes(moment.movedBytes), took)}</>;
}

/** When this moment was last read back, best proof first. */
function ReadBack({ moment }: { moment: MomentView }) {
  const words = useWords(siteWords).moment.readBack;
  const language = useLanguage();
  const order = ['trial-restore', 'structure', 'slice'];
  const looks = moment.readBack.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const shown = looks.filter((look, at) => at === 0 || !look.ok || look.kind === 'slice');
  if (shown.length === 0) return <p className={styles.soft}>{words.never}</p>;
  return (
    <>
      {shown.map((look) => {
        const when = dateAndTime(new Date(look.at), { language });
        const [part, of] = [String(look.slice?.part ?? 1), String(look.slice?.of ?? 1)];
        const text = {
          'trial-restore': () => (look.ok ? words.trial(when) : words.trialBad(when)),
          structure: () => (look.ok ? words.structure(when) : words.structureBad(when)),
          slice: () => (look.ok ? words.slice(part, of, when) : words.sliceBad(part, of, when)),
        }[look.kind]();
        return (
          <p key={look.kind} className={styles.soft}>
            {look.ok ? text : <StateMark state="broken">{text}</StateMark>}
          </p>
        );
      })}
    </>
  );
}

/** Why it stays, and the switch that sets it aside. */
function Kept({ site, moment }: { site: string; moment: MomentView }) {
  const words = useWords(siteWords).moment;
  const language = useLanguage();
  const hold = useMutation(
    api.backups.hold.mutationOptions({
      onSuccess: async (answer) => {
        toast(answer.held ? words.held : words.released, { tone: 'well' });
        await queryClient.invalidateQueries({ queryKey: api.moments.key() });
      },
    }),
  );
  return (
    <>
      <p className={styles.kept}>
        <span className={styles.soft}>{moment.keep ? words.keep : words.leaves}</span>{' '}
        {moment.why.map((one) => one[language]).join('; ')}{' '}
        <Button
          size="small"
          look="quiet"
          working={hold.isPending}
          onClick={() => hold.mutate({ site, snapshot: moment.id, hold: !moment.held })}
        >
          {moment.held ? words.release : words.hold}
        </Button>
      </p>
      {hold.error !== null && <ErrorNote error={hold.error} />}
    </>
  );
}
