export { openWebFiles, type BrandingSource, type WebFiles } from './answer-files.ts';
export { ensureBuilt, webFolder } from './ensure-built.ts';
export type { PageBranding } from './rules/write-branding.ts';
