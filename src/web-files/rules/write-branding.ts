/** What the page is told of the house before anything is loaded; no secret, everybody reads it. */
export interface PageBranding {
  name: string;
  /** Colours `#rrggbb` for either mode, with a wash of each; null = our own. */
  accent: { light: string; dark: string; lightWash: string; darkWash: string } | null;
  /** Address of the logo, of this origin; null = none. */
  logo: string | null;
  /** For a reader who chose none and whose browser names neither Dutch nor English. */
  language?: 'nl' | 'en';
}

const place = '<script type="application/json" id="branding"></script>';

/** Puts the branding into the page as a data block. `<` is escaped, so a name cannot end the block. */
export function writeBranding(page: string, branding: PageBranding): string {
  const data = JSON.stringify(branding).replaceAll('<', '\\u003c');
  // A function: `$&` in a name means nothing.
  return page.replace(place, () => place.replace('></script>', () => `>${data}</script>`));
}

/** Whether a page has the place for it: one that a build changed would silently lose the agency's name. */
export function hasPlaceForBranding(page: string): boolean {
  return page.includes(place);
}
