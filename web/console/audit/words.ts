import { defineWords } from '../../../src/platform/words.ts';
import type { AuditKind } from './search.ts';

interface AuditWords {
  heading: string;
  below: string;
  text: string;
  textHint: string;
  who: string;
  kind: string;
  kinds: Record<AuditKind, string>;
  from: string;
  to: string;
  site: (site: string) => string;
  allSites: string;
  nothing: string;
  nothingBelow: string;
  clear: string;
  caption: string;
  columns: { at: string; who: string; what: string; where: string; more: string };
  actors: Record<'person' | 'token' | 'system', string>;
  details: string;
  older: string;
  end: string;
}

export const auditWords = defineWords<AuditWords>({
  nl: {
    heading: 'Wie deed wat',
    below: 'Alles wat iemand hier wijzigde, het nieuwste eerst. Regels worden nooit gewijzigd.',
    text: 'Zoek in alles',
    textHint: 'site, naam, soort, bijzonderheden',
    who: 'Wie',
    kind: 'Van wie',
    kinds: {
      others: 'Mensen en programma’s',
      person: 'Mensen',
      token: 'Programma’s (tokens)',
      system: 'Nachtwacht zelf',
      all: 'Alles',
    },
    from: 'Vanaf',
    to: 'Tot en met',
    site: (site) => `Alleen ${site}`,
    allSites: 'Alle sites',
    nothing: 'Niets gevonden.',
    nothingBelow: 'Zoek ruimer, of kijk ook naar wat Nachtwacht zelf deed.',
    clear: 'Alles tonen',
    caption: 'Logboek',
    columns: { at: 'Wanneer', who: 'Wie', what: 'Wat', where: 'Site', more: 'Bijzonderheden' },
    actors: { person: 'persoon', token: 'programma', system: 'Nachtwacht' },
    details: 'Bijzonderheden',
    older: 'Oudere tonen',
    end: 'Dit is het begin van het logboek.',
  },
  en: {
    heading: 'Who did what',
    below: 'Everything that somebody changed here, newest first. Lines are never changed.',
    text: 'Search in everything',
    textHint: 'site, name, kind, particulars',
    who: 'Who',
    kind: 'By whom',
    kinds: {
      others: 'People and programs',
      person: 'People',
      token: 'Programs (tokens)',
      system: 'Nachtwacht itself',
      all: 'Everything',
    },
    from: 'From',
    to: 'Up to and with',
    site: (site) => `Only ${site}`,
    allSites: 'All sites',
    nothing: 'Nothing found.',
    nothingBelow: 'Search wider, or look at what Nachtwacht did itself as well.',
    clear: 'Show all',
    caption: 'Audit trail',
    columns: { at: 'When', who: 'Who', what: 'What', where: 'Site', more: 'Particulars' },
    actors: { person: 'person', token: 'program', system: 'Nachtwacht' },
    details: 'Particulars',
    older: 'Show older',
    end: 'This is the beginning of the audit trail.',
  },
});
