// Apart from messages/index.ts: incidents reads messages for its timeline, and the canary opens incidents.
export { canaryLoop, runCanaries } from './run-canaries.ts';
