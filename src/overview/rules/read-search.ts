/** What a person typed, as the parts that must all be found. */
export interface SearchTerm {
  text: string;
  /** A version that must stand behind the text on the same line of the inventory: `woocommerce 9.8`. */
  version?: string;
}

const mostTerms = 6;

/** Takes a search apart into words; a version behind a word belongs to that word. Everything in lower case. */
export function readSearch(search: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const word of search
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split(/\s+/)) {
    if (word === '') continue;
    const last = terms.at(-1);
    if (last && last.version === undefined && /^v?\d+(\.\d+)*$/.test(word)) last.version = word.replace(/^v/, '');
    else if (terms.length < mostTerms) terms.push({ text: word });
  }
  return terms;
}
