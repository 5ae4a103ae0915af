import { useState } from 'react';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { Input } from '../ui/Input.tsx';
import { useWords } from '../ui/language.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../ui/Menu.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Why } from '../ui/Why.tsx';
import { toast } from '../ui/toast.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

export function Popups() {
  const words = useWords(designWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={styles.row}>
        <Dialog
          title={words.dialogTitle}
          description={words.dialogText}
          open={isOpen}
          onOpenChange={setOpen}
          trigger={<Button>{words.dialogTitle}</Button>}
        >
          <Form onSubmit={() => setOpen(false)} submit={words.add}>
            <Input label={words.customer} name="name" />
            <Input label={words.email} name="email" type="email" optional />
          </Form>
        </Dialog>
        <AlertDialog
          title={words.alertTitle}
          confirm={words.remove}
          typed="bakkerij.nl"
          onConfirm={() => toast(words.movedToast, { undo: () => toast(words.wellToast, { tone: 'well' }) })}
          trigger={<Button look="danger">{words.remove}</Button>}
        >
          {words.alertText}
        </AlertDialog>
        <AlertDialog
          title={words.alertTitle}
          confirm={words.restore}
          look="primary"
          error={new TypeError('no connection')}
          onConfirm={() => {}}
          trigger={<Button>{words.restore}</Button>}
        >
          {words.alertText}
        </AlertDialog>
        <Menu trigger={<Button>{words.more}</Button>}>
          <MenuItem onClick={() => toast(words.wellToast, { tone: 'well' })} keys="b">
            {words.back}
          </MenuItem>
          <MenuLink to="/settings">{words.open}</MenuLink>
          <MenuItem onClick={() => {}} disabled>
            {words.off}
          </MenuItem>
          <MenuSeparator />
          <MenuItem onClick={() => toast(words.brokenToast, { tone: 'broken' })} danger>
            {words.remove}
          </MenuItem>
        </Menu>
        <Tooltip text={words.tooltip}>
          <Button look="quiet">{words.searchLabel}</Button>
        </Tooltip>
        <Popover trigger={<Button>{words.state}</Button>} title={words.state}>
          {words.reason}
        </Popover>
        <span>
          {words.lastBackup} <Why>{words.reason}</Why>
        </span>
      </div>
      <div className={styles.row}>
        <Button onClick={() => toast(words.movedToast, { undo: () => {} })}>{words.movedToast}</Button>
        <Button onClick={() => toast(words.wellToast, { tone: 'well' })}>{words.wellToast}</Button>
        <Button onClick={() => toast(words.brokenToast, { tone: 'broken' })}>{words.brokenToast}</Button>
      </div>
    </>
  );
}
