export type * from './types.ts';
export { openLocalBackend } from './backend-local.ts';
export { openS3Backend } from './backend-s3.ts';
export type { S3Options } from './backend-s3.ts';
export { worthCompressing } from './compress.ts';
export { ResticError } from './errors.ts';
export { initRepository, openRepository } from './repository.ts';
export type { InitOptions } from './repository.ts';
