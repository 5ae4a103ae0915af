interface Kept<Value> {
  value: Promise<Value>;
  weight: number;
}

/**
 * Answers about snapshots, which never change once made: kept in memory, the longest unused out first. Two who ask at
 * the same time share one making; a failed one is not kept.
 */
export class KeptAnswers<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #most: number;
  readonly #weigh: (value: Value) => number;

  /** `most`: how much all answers together may weigh, in what `weigh` counts. */
  constructor(most: number, weigh: (value: Value) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.#kept.get(key);
    if (found !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found.value;
    }
    const entry: Kept<Value> = { value: this.#make(key, make), weight: 1 };
    this.#kept.set(key, entry);
    return entry.value;
  }

  async #make(key: string, make: () => Promise<Value>): Promise<Value> {
    try {
      const value = await make();
      const entry = this.#kept.get(key);
      if (entry !== undefined) entry.weight = 1 + this.#weigh(value);
      this.#makeRoom();
      return value;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #makeRoom(): void {
    let total = 0;
    for (const { weight } of this.#kept.values()) total += weight;
    for (const [key, { weight }] of this.#kept) {
      if (total <= this.#most) return;
      this.#kept.delete(key);
      total -= weight;
    }
  }
}
