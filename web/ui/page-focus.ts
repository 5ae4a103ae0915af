// After a change of page the heading takes the focus, so that a screen reader reads it and Tab goes on from there.
let isWanted = false;

/** The shell calls this when another page was asked for. */
export function wantHeadingFocus(): void {
  isWanted = true;
}

/** Moves the focus to a heading when a change of page waits for it and the reader has not gone elsewhere meanwhile. */
export function focusHeading(heading: HTMLElement | null): void {
  if (!isWanted || !heading) return;
  isWanted = false;
  const active = document.activeElement;
  const isElsewhere = active?.closest('main, [role=dialog]') ?? null;
  if (isElsewhere === null) heading.focus({ preventScroll: true });
}
