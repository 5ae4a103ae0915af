/** The agency's own name, colour and mark, as the server put them into the page. */
export interface Branding {
  name: string;
  /** Address of the mark; null = ours. */
  logo: string | null;
}

function read(): Branding {
  const made: Branding = { name: 'Nachtwacht', logo: null };
  try {
    const given: unknown = JSON.parse(document.getElementById('branding')?.textContent ?? '');
    if (typeof given !== 'object' || given === null) return made;
    if ('name' in given && typeof given.name === 'string' && given.name !== '') made.name = given.name;
    if ('logo' in given && typeof given.logo === 'string') made.logo = given.logo;
  } catch {
    // No branding: ours.
  }
  return made;
}

export const branding: Branding = read();
