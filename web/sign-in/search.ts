/** What `/sign-in` is opened with. */
export interface SignInSearch {
  /** Where the reader was when his session ended. */
  from?: string;
  /** Where to go afterwards. */
  next?: string;
  /** He is signed in; a deed asks for a fresh proof. */
  again?: boolean;
}

/** Other things in the address are dropped; where it leads to is judged by `safeReturnPath`. */
export function signInSearch(search: { from?: unknown; next?: unknown; again?: unknown }): SignInSearch {
  const { from, next, again } = search;
  return {
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof next === 'string' ? { next } : {}),
    ...(again === true || again === 1 || again === '1' ? { again: true } : {}),
  };
}
