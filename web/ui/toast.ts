/** A short message at the edge of the screen. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'well' | 'broken';
  /** What takes the deed back; the message then stays longer. */
  undo?: () => void;
}

type Listener = (toast: Toast) => void;

let next = 1;
let listener: Listener | undefined;
const waiting: Toast[] = [];

/** Shows a message: `toast('Site removed.', { undo: () => ... })`. Anywhere, also outside of React. */
export function toast(text: string, { tone = 'plain', undo }: { tone?: Toast['tone']; undo?: () => void } = {}): void {
  const made: Toast = { id: next++, text, tone, ...(undo && { undo }) };
  if (listener) listener(made);
  else waiting.push(made);
}

/** The shell's part: shows them. Those from before it was there come first. */
export function onToast(show: Listener): () => void {
  listener = show;
  for (const each of waiting.splice(0)) show(each);
  return () => {
    listener = undefined;
  };
}
