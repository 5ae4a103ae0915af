import { watchWords } from './words.ts';

type OwnCause = keyof ReturnType<typeof watchWords>['because'];

/** What the matter with us can be; anything else says that the watch is not to be trusted. */
export function isOwn(cause: string): cause is OwnCause {
  return Object.hasOwn(watchWords('en').because, cause);
}
