/** The most that this process has grown while `work` ran, in MB, seen every 20 ms. */
export async function growthOf<T>(work: () => Promise<T>): Promise<{ result: T; grownMb: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  try {
    return { result: await work(), grownMb: (most - before) / 1e6 };
  } finally {
    clearInterval(timer);
  }
}
