export { logoFiles } from './serve-logo.ts';
