/**
 * Where in its interval a target has its turn, milliseconds: from a hash of its id (FNV-1a, 32 bits), so that thousands
 * of targets spread evenly from the first second on, and a watcher that takes over keeps to the same moments.
 */
export function phaseOf(id: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  // Ids that differ only at their end differ only in the low bits; mixed as murmur3 does at its end.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % intervalMs;
}

/** The first turn of a target after a moment (milliseconds since 1970), on its own grid of `intervalMs`. */
export function nextTurn(id: string, intervalMs: number, after: number): number {
  const phase = phaseOf(id, intervalMs);
  const turn = Math.floor((after - phase) / intervalMs) * intervalMs + phase;
  return turn > after ? turn : turn + intervalMs;
}
