export { createChecker, type Checker, type CheckerOptions } from './create-checker.ts';
export type { AddressFrom, Checked, CheckTarget, Phases, SeenCertificate } from './checked.ts';
export { SeenPage } from './seen-page.ts';
