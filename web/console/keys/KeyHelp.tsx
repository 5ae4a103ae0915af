import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useWords } from '../../ui/language.tsx';
import styles from './KeyHelp.module.css';
import { keyWords } from './words.ts';

/** All keys of the console, in one look. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const words = useWords(keyWords);
  return (
    <Dialog title={words.title} open onOpenChange={(open) => !open && onClose()} size="large">
      <div className={styles.groups}>
        {words.groups.map(({ name, keys }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl className={styles.keys}>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <KeyHint keys={key} />
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
