import { isRoot } from './machine.ts';

/** Why a test that needs root cannot run here, undefined when it can. */
export const whyNotRoot: string | undefined = isRoot ? undefined : 'it needs root';

/** The name of a test or suite; when it is skipped, with the reason, which the test runner itself does not show. */
export function nameWithReason(name: string, skip: string | undefined): string {
  return skip === undefined ? name : `${name} (skipped: ${skip})`;
}
