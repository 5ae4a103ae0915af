export { healthLoop } from './health-loop.ts';
export { listFindings, type SiteFinding } from './list-findings.ts';
export type { Finding, FindingCode } from './rules/finding.ts';
export { findingInWords, healthWords, type FindingInWords } from './words.ts';
