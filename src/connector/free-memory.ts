// Memory of an answer's chunks lies outside the JavaScript heap; hundreds of MB of it make the collector mark the whole heap
// again and again. Measured on a first backup: a quarter of all CPU seconds.

/** Larger pieces are nobody else's: smaller ones may lie in Node's pool. */
const OWN_PIECE = Math.max(Buffer.poolSize, 64 * 1024 - 1);

/**
 * Gives a chunk's memory back at once. Chunks of a stream that lie in one piece of memory come in order: it goes with the
 * last of them. Nothing may look at any of them afterwards.
 */
export function freeMemory(chunk: Buffer): void {
  const { buffer: memory, byteOffset, length } = chunk;
  if (!(memory instanceof ArrayBuffer) || byteOffset + length !== memory.byteLength || length === 0) return;
  if (byteOffset === 0 || memory.byteLength > OWN_PIECE) memory.transfer(0);
}
