/** Forged requests a minute from one address: after these nothing is looked up for it any more. */
export const hookLimits = { forged: 30 } as const;
