import { Toast as BaseToast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../ui/language.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { onToast, type Toast } from '../ui/toast.ts';
import { shellWords } from './words.ts';
import styles from './Toasts.module.css';

/** Time to read it, in milliseconds; with an undo there is time to decide. */
const shownMs = 6000;
const shownWithUndoMs = 12_000;

function List() {
  const words = useWords(shellWords);
  const { toasts, add, close } = BaseToast.useToastManager<Toast>();
  useEffect(
    () =>
      onToast((toast) => {
        add({
          title: toast.text,
          timeout: toast.undo ? shownWithUndoMs : shownMs,
          priority: toast.tone === 'broken' ? 'high' : 'low',
          data: toast,
        });
      }),
    [add],
  );
  return toasts.map((each) => {
    const undo = each.data?.undo;
    const tone = each.data?.tone ?? 'plain';
    return (
      <BaseToast.Root key={each.id} toast={each} className={styles.toast} swipeDirection={['down', 'right']}>
        <div className={styles.content}>
          <BaseToast.Title className={styles.title} render={<p />}>
            {tone === 'plain' ? each.title : <StateMark state={tone}>{each.title}</StateMark>}
          </BaseToast.Title>
        </div>
        {undo && (
          <Button
            size="small"
            onClick={() => {
              undo();
              close(each.id);
            }}
          >
            {words.undo}
          </Button>
        )}
        <BaseToast.Close aria-label={words.close} render={<Button look="quiet" size="small" />}>
          <span aria-hidden="true">✕</span>
        </BaseToast.Close>
      </BaseToast.Root>
    );
  });
}

/** Where messages appear; F6 brings the keyboard there. */
export function Toasts() {
  const words = useWords(shellWords);
  return (
    <BaseToast.Provider limit={3}>
      <BaseToast.Portal>
        <BaseToast.Viewport className={styles.viewport} aria-label={words.notifications}>
          <List />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}
