/** What a person would still sign in with. */
export interface Left {
  role: 'operator' | 'guard' | 'customer';
  password: boolean;
  /** An authenticator app. */
  secondFactor: boolean;
  passkeysLeft: number;
}

export type Removal = { allowed: true } | { allowed: false; reason: 'last-way-in' | 'last-second-factor' };

/** Whether a passkey may go: nobody shuts himself out, and who guards keeps a second factor. */
export function judgeRemoval(left: Left): Removal {
  if (!left.password && left.passkeysLeft === 0) return { allowed: false, reason: 'last-way-in' };
  if (left.role !== 'customer' && !left.secondFactor && left.passkeysLeft === 0) {
    return { allowed: false, reason: 'last-second-factor' };
  }
  return { allowed: true };
}
