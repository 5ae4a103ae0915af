export type { Elsewhere, ElsewhereTarget } from './elsewhere.ts';
