/** The last part of a page's address: small letters, digits, single hyphens; 3 to 60 of them. */
export function isSlug(text: string): boolean {
  return text.length >= 3 && text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
