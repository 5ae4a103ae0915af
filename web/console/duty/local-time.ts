/** A moment as a field of date and time has it, in the reader's zone: `2026-11-28T09:00`. */
export function toLocalField(at: number): string {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** The other way round, as ISO 8601; undefined when it is none. */
export function fromLocalField(text: string): string | undefined {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
