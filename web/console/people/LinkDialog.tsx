import { Button } from '../../ui/Button.tsx';
import { CopyField } from '../../ui/Copy.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWords } from '../../ui/language.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './People.module.css';
import { peopleWords } from './words.ts';

/** A link that could not be mailed. */
export interface HandOver {
  email: string;
  link: string;
  /** Why it could not; null = there is no mail server. */
  mailProblem: string | null;
}

/** What came of sending a link: a word that it went, or the link to be handed over. */
export function afterSending(
  sent: { mailed: boolean; link: string | null; mailProblem: string | null },
  email: string,
  said: string,
  onHandOver: (link: HandOver) => void,
): void {
  if (sent.link === null) toast(said, { tone: 'well' });
  else onHandOver({ email, link: sent.link, mailProblem: sent.mailProblem });
}

/** Shows a link once, with why it has to be handed over by hand. */
export function LinkDialog({ handOver, onClose }: { handOver: HandOver | undefined; onClose: () => void }) {
  const words = useWords(peopleWords);
  return (
    <Dialog
      title={words.handOver}
      description={
        handOver && (handOver.mailProblem === null ? words.noMailServer : words.mailProblem(handOver.mailProblem))
      }
      open={handOver !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button look="primary" onClick={onClose}>
          {words.ready}
        </Button>
      }
    >
      {handOver && (
        <div className={styles.stack}>
          <p>{words.handOverBelow(handOver.email)}</p>
          <CopyField label={words.link} value={handOver.link} />
        </div>
      )}
    </Dialog>
  );
}
