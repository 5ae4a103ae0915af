import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import { useWords } from './language.tsx';
import styles from './OrderList.module.css';
import { orderWords } from './order-words.ts';

export interface OrderItem {
  key: string;
  /** For what is told of a move. */
  name: string;
  content: ReactNode;
}

interface OrderListProps {
  label: string;
  items: readonly OrderItem[];
  /** Called with the keys in their new order. */
  onOrder: (keys: string[]) => void;
  disabled?: boolean;
}

/**
 * Things in an order that the reader sets: by two buttons (thumb and Tab), by Alt and the arrows on a row's buttons, and
 * by dragging with a mouse. Every move is told to a screen reader, and the focus goes along.
 */
export function OrderList({ label, items, onOrder, disabled = false }: OrderListProps) {
  const words = useWords(orderWords);
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const [told, setTold] = useState('');
  const hint = useId();

  const move = (key: string, to: number): void => {
    const from = items.findIndex((item) => item.key === key);
    if (from === -1 || to < 0 || to >= items.length || to === from) return;
    const keys = items.map((item) => item.key);
    keys.splice(to, 0, ...keys.splice(from, 1));
    onOrder(keys);
    setTold(words.moved(items[from]?.name ?? '', to + 1, items.length));
  };
  const onKey = (event: KeyboardEvent, key: string, at: number): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !event.altKey || disabled) return;
    event.preventDefault();
    move(key, at + step);
  };
  const end = (): void => {
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <>
      <ol ref={list} className={styles.list} aria-label={label}>
        {items.map((item, at) => (
          <li
            key={item.key}
            className={classNames(
              styles.item,
              dragged === item.key && styles.dragged,
              over === item.key && dragged !== item.key && styles.over,
            )}
            draggable={!disabled}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', item.name);
              setDragged(item.key);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(item.key);
            }}
            onDrop={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              move(dragged, at);
              end();
            }}
            onDragEnd={end}
          >
            <span className={styles.place} aria-hidden="true">
              {at + 1}
            </span>
            <div className={styles.content}>{item.content}</div>
            {!disabled && (
              <span className={styles.buttons} onKeyDown={(event) => onKey(event, item.key, at)}>
                <Button
                  size="small"
                  look="quiet"
                  disabled={at === 0}
                  aria-label={words.up(item.name)}
                  aria-describedby={hint}
                  onClick={() => move(item.key, at - 1)}
                >
                  <span aria-hidden="true">↑</span>
                </Button>
                <Button
                  size="small"
                  look="quiet"
                  disabled={at === items.length - 1}
                  aria-label={words.down(item.name)}
                  aria-describedby={hint}
                  onClick={() => move(item.key, at + 1)}
                >
                  <span aria-hidden="true">↓</span>
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      <span id={hint} className={styles.hidden}>
        {words.hint}
      </span>
      <span className={styles.hidden} aria-live="polite">
        {told}
      </span>
    </>
  );
}
