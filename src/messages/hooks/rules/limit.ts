/** Requests a minute from one address. A real gateway of a large agency stays far below; nobody may forge more than a few. */
export const hookLimits = { all: 1200, forged: 30 } as const;
