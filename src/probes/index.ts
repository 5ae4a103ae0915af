export { answerProbes } from './answer-probes.ts';
export { openElsewhere, type Elsewhere, type ElsewhereTarget } from './elsewhere.ts';
export { silentProbesLoop } from './watch-probes.ts';
