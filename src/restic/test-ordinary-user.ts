// For tests: work as somebody who is not root, to whom closed folders are closed.
import { isRoot, siteUser } from '../../e2e/harness/machine.ts';

/** Does all of `work` as an ordinary user of this machine; when we are none ourselves, then this process becomes one. */
export async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return await work();
  const { uid, gid } = siteUser();
  process.setegid?.(gid);
  process.seteuid?.(uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
