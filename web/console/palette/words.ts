import { defineWords } from '../../../src/platform/words.ts';

interface PaletteWords {
  title: string;
  placeholder: string;
  sites: string;
  pages: string;
  actions: string;
  backUp: (site: string) => string;
  lists: { broken: string; late: string; running: string; waits: string };
  addSite: string;
  keys: string;
  nothing: string;
  hint: string;
}

export const paletteWords = defineWords<PaletteWords>({
  nl: {
    title: 'Zoeken en doen',
    placeholder: 'Naam van een site, klant, plugin, of wat je wilt doen',
    sites: 'Sites',
    pages: 'Pagina’s',
    actions: 'Doen',
    backUp: (site) => `Backup nu: ${site}`,
    lists: {
      broken: 'Sites die niet in orde zijn',
      late: 'Sites met een belofte die te laat is',
      running: 'Sites waar werk loopt',
      waits: 'Sites die aandacht vragen',
    },
    addSite: 'Site toevoegen',
    keys: 'Toetsen',
    nothing: 'Niets gevonden.',
    hint: 'Pijltjes kiezen, Enter opent, Esc sluit.',
  },
  en: {
    title: 'Search and do',
    placeholder: 'Name of a site, customer, plugin, or what you want to do',
    sites: 'Sites',
    pages: 'Pages',
    actions: 'Do',
    backUp: (site) => `Back up now: ${site}`,
    lists: {
      broken: 'Sites that are not in order',
      late: 'Sites with a promise that is late',
      running: 'Sites with work under way',
      waits: 'Sites that need attention',
    },
    addSite: 'Add a site',
    keys: 'Keys',
    nothing: 'Nothing found.',
    hint: 'Arrows choose, Enter opens, Esc closes.',
  },
});
