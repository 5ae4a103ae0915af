const mark = 'nachtwacht canary';

/** Text of the daily test message. `id`: that of the message, so that it is known when it comes back to us. */
export function canaryText(id: string): string {
  return `Dagelijkse test / daily test. ${mark} ${id}`;
}

/** Id of the test message that this text is, or undefined. */
export function readCanary(text: string): string | undefined {
  return /nachtwacht canary ([0-9a-z-]{6,60})\s*$/iu.exec(text.slice(-200))?.[1]?.toLowerCase();
}
