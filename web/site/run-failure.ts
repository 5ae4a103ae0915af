import { ORPCError } from '@orpc/client';

/** What a failed run says of itself, as an error that screens can put into words. */
export function failureOf({ code, message, nextStep }: { code: string; message: string; nextStep: string }): Error {
  return new ORPCError(code, { status: 500, message, data: { code, nextStep, retryable: false, details: {} } });
}
