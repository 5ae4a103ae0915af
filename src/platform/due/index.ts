export { runAlone, runDueLoops, type DueLoop } from './due-loop.ts';
