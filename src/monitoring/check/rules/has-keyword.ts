import { readableText } from './page-text.ts';

/**
 * Whether a page holds its keyword. The bytes as they came are searched first, and that is all a well site costs. When
 * they do not hold it, the page is read as a person would (charset, entities, tags, spaces), as keywords that a person
 * typed may be written otherwise in the source. `readText` decodes the body.
 */
export function hasKeyword(body: Buffer, keyword: string, readText: () => string): boolean {
  if (body.includes(keyword, 0, 'utf8')) return true;
  const wanted = keyword.replaceAll(/\s+/g, ' ').trim();
  const text = readText();
  return text.includes(keyword) || readableText(text).includes(wanted);
}
