/** `2026-11-25 03:10:21` on the wall's clock: in a timeline seconds are the proof. */
export function secondsInWords(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return parts.format(new Date(moment));
}
