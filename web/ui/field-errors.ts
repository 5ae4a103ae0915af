import type { Language } from '../../src/platform/words.ts';
import type { ApiError } from '../api.ts';
import { errorInWords } from '../errors.ts';

/**
 * What the server's answer says of each field: the input's problems (`customer.name: too long` is about `customer.name`,
 * or the field named after its first part), and codes that are about one field. Empty = about no field.
 */
export function fieldErrorsOf(
  error: ApiError,
  fieldOfCode: Readonly<Record<string, string>>,
  words: { language: Language; notValid: string },
): Record<string, string> {
  const field = fieldOfCode[error.code];
  if (field !== undefined) {
    const { sentence, nextStep } = errorInWords(error, words.language);
    return { [field]: `${sentence} ${nextStep}`.trim() };
  }
  const problems: unknown = error.details['problems'];
  if (error.code !== 'input-wrong' || !Array.isArray(problems)) return {};
  const found: Record<string, string> = {};
  for (const problem of problems) {
    const match = /^([\w.]+): (.+)$/s.exec(String(problem));
    if (match?.[1] === undefined || match[2] === undefined) return {};
    // The schema speaks English only.
    found[match[1]] = words.language === 'en' ? match[2] : words.notValid;
  }
  return found;
}
