import { defineWords } from '../../../src/platform/words.ts';

type Scope = 'read' | 'operate' | 'admin';

interface TokensWords {
  heading: (count: number) => string;
  none: string;
  below: string;
  make: string;
  caption: string;
  columns: { name: string; scope: string; made: string; used: string; until: string; actions: string };
  scopes: Record<Scope, string>;
  scopeHints: Record<Scope, string>;
  by: (who: string) => string;
  never: string;
  forever: string;
  ended: string;
  showEnded: (count: number) => string;
  states: { revoked: string; expired: string };
  revoke: string;
  revokeOf: (name: string) => string;
  revokeTitle: (name: string) => string;
  revokeBelow: string;
  revoked: (name: string) => string;
  form: { title: string; below: string; name: string; nameHint: string; scope: string; days: string };
  days: Record<'30' | '90' | '365' | '0', string>;
  once: { title: (name: string) => string; below: string; label: string; ready: string; how: string };
}

export const tokensWords = defineWords<TokensWords>({
  nl: {
    heading: (count) => (count === 1 ? 'Eén programma komt hier binnen.' : `${count} programma’s komen hier binnen.`),
    none: 'Er komt geen programma binnen.',
    below: 'Een token geeft een programma toegang tot de API, zonder dat er iemand aanmeldt.',
    make: 'Token maken',
    caption: 'Tokens',
    columns: {
      name: 'Naam',
      scope: 'Mag',
      made: 'Gemaakt',
      used: 'Gebruikt',
      until: 'Tot',
      actions: 'Wat je kunt doen',
    },
    scopes: { read: 'Kijken', operate: 'Werken', admin: 'Alles' },
    scopeHints: {
      read: 'Ziet alle sites en backups, wijzigt niets.',
      operate: 'Maakt ook backups, zet terug en koppelt sites.',
      admin: 'Mag alles, ook sites weghalen en tokens maken.',
    },
    by: (who) => `door ${who}`,
    never: 'nog niet',
    forever: 'altijd',
    ended: 'Voorbij',
    showEnded: (count) => (count === 1 ? 'Eén token dat voorbij is' : `${count} tokens die voorbij zijn`),
    states: { revoked: 'ingetrokken', expired: 'verlopen' },
    revoke: 'Intrekken',
    revokeOf: (name) => `${name} intrekken`,
    revokeTitle: (name) => `Het token ${name} intrekken?`,
    revokeBelow:
      'Wat het gebruikt, komt meteen niet meer binnen. Dit kan niet ongedaan worden gemaakt; maak dan een nieuw token.',
    revoked: (name) => `${name} is ingetrokken.`,
    form: {
      title: 'Token maken',
      below: 'Geef niet meer rechten dan nodig zijn.',
      name: 'Waarvoor is het?',
      nameHint: 'Zo herken je het later, ook in het logboek.',
      scope: 'Wat mag het?',
      days: 'Hoe lang?',
    },
    days: { '30': '30 dagen', '90': '90 dagen', '365': 'Een jaar', '0': 'Altijd, tot je het intrekt' },
    once: {
      title: (name) => `Token ${name}`,
      below: 'Kopieer het nu: het wordt maar één keer getoond, en wij bewaren het niet.',
      label: 'Token',
      ready: 'Ik heb het bewaard',
      how: 'Gebruik het als kopregel van elk verzoek:',
    },
  },
  en: {
    heading: (count) => (count === 1 ? 'One program comes in here.' : `${count} programs come in here.`),
    none: 'No program comes in.',
    below: 'A token gives a program access to the API, without anybody signing in.',
    make: 'Make a token',
    caption: 'Tokens',
    columns: { name: 'Name', scope: 'May', made: 'Made', used: 'Used', until: 'Until', actions: 'What you can do' },
    scopes: { read: 'Look', operate: 'Work', admin: 'Everything' },
    scopeHints: {
      read: 'Sees all sites and backups, changes nothing.',
      operate: 'Also makes backups, restores and pairs sites.',
      admin: 'May do everything, also remove sites and make tokens.',
    },
    by: (who) => `by ${who}`,
    never: 'not yet',
    forever: 'always',
    ended: 'Over',
    showEnded: (count) => (count === 1 ? 'One token that is over' : `${count} tokens that are over`),
    states: { revoked: 'revoked', expired: 'expired' },
    revoke: 'Revoke',
    revokeOf: (name) => `Revoke ${name}`,
    revokeTitle: (name) => `Revoke the token ${name}?`,
    revokeBelow: 'What uses it cannot come in any more from now on. This cannot be undone; make a new token then.',
    revoked: (name) => `${name} has been revoked.`,
    form: {
      title: 'Make a token',
      below: 'Give no more than is needed.',
      name: 'What is it for?',
      nameHint: 'By this you know it later, in the audit trail too.',
      scope: 'What may it do?',
      days: 'For how long?',
    },
    days: { '30': '30 days', '90': '90 days', '365': 'A year', '0': 'Always, until you revoke it' },
    once: {
      title: (name) => `Token ${name}`,
      below: 'Copy it now: it is shown only once, and we do not keep it.',
      label: 'Token',
      ready: 'I have kept it',
      how: 'Use it as a header of every request:',
    },
  },
});
