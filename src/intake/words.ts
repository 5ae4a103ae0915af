import { defineWords, type Language } from '../platform/words.ts';
import type { HomeCode } from './rules/judge-home.ts';

interface IntakeWords {
  home: Record<HomeCode, [says: string, next: string | null]>;
}

export const intakeWords = defineWords<IntakeWords>({
  nl: {
    home: {
      reached: ['De site antwoordt.', null],
      'unknown-host': ['Dit adres bestaat niet.', 'Kijk of het goed gespeld is en of de domeinnaam nog betaald wordt.'],
      refused: ['Op dit adres luistert geen webserver.', 'Kijk of de site draait en of het adres klopt.'],
      timeout: ['De site antwoordt niet binnen 10 seconden.', 'Probeer het opnieuw; blijft het zo, bel de host.'],
      certificate: [
        'Het certificaat van de site deugt niet.',
        'Laat de host het certificaat vernieuwen en kijk opnieuw.',
      ],
      'private-address': [
        'Dit adres ligt in een eigen netwerk, en die worden niet gebeld.',
        'Zet NACHTWACHT_ALLOW_PRIVATE=1 als de site daar hoort te staan.',
      ],
      'redirect-loop': ['De site stuurt ons in een kringetje rond.', 'Laat de doorverwijzingen van de site nakijken.'],
      unreachable: ['De site is niet te bereiken.', 'Kijk of het adres klopt en probeer het opnieuw.'],
      'server-error': [
        'De site antwoordt, maar met een foutmelding.',
        'Je kunt haar toevoegen; een backup lukt pas als WordPress weer werkt.',
      ],
      'password-front': [
        'Er staat een wachtwoord voor de site.',
        'Houd naam en wachtwoord van die voorkant bij de hand: die vragen we bij het koppelen.',
      ],
      'bot-check': [
        'Een robotcontrole houdt ons tegen.',
        'Laat de host of CDN Nachtwacht doorlaten, anders mislukt het koppelen.',
      ],
      'same-address': ['Het adres klopt.', null],
      moved: ['De site stuurt bezoekers door naar een ander adres.', 'Gebruik dat adres.'],
      encrypted: ['De verbinding is versleuteld.', null],
      'only-http': [
        'Met https antwoordt de site niet, zonder wel.',
        'Laat de host https aanzetten. Moet het nu al, gebruik dan het adres met http.',
      ],
      'not-encrypted': [
        'De verbinding is niet versleuteld: onderweg kan meegelezen worden.',
        'Laat de host https aanzetten; het is gratis en hoort erbij.',
      ],
      'is-wordpress': ['Het is WordPress.', null],
      'perhaps-wordpress': ['Of het WordPress is, is nog niet te zien.', null],
      'no-wordpress': [
        'Het ziet er niet uit als WordPress.',
        'Kijk of dit de juiste site is; de plugin moet in WordPress.',
      ],
      'plugin-ready': ['De plugin staat er al en wacht op een code.', null],
      'plugin-paired': [
        'De plugin staat er al en is aan een ander gekoppeld.',
        'Ontkoppel haar in WordPress onder Instellingen > Nachtwacht.',
      ],
      'plugin-absent': ['De plugin staat er nog niet op: dat is zo de volgende stap.', null],
      'new-here': ['De site is nog niet in zorg.', null],
      'in-care': ['Deze site is al in zorg.', 'Open haar pagina.'],
    },
  },
  en: {
    home: {
      reached: ['The site answers.', null],
      'unknown-host': ['This address does not exist.', 'Check the spelling, and whether the domain is still paid for.'],
      refused: ['No web server listens at this address.', 'Check that the site runs and that the address is right.'],
      timeout: ['The site does not answer within 10 seconds.', 'Try again; when it stays so, call the host.'],
      certificate: ['The certificate of the site is not valid.', 'Have the host renew it, then look again.'],
      'private-address': [
        'This address lies in a private network, and those are not called.',
        'Set NACHTWACHT_ALLOW_PRIVATE=1 when the site is meant to be there.',
      ],
      'redirect-loop': ['The site sends us round in a circle.', 'Have the redirects of the site looked at.'],
      unreachable: ['The site cannot be reached.', 'Check the address and try again.'],
      'server-error': [
        'The site answers, but with an error.',
        'You can add it; a backup needs a WordPress that works.',
      ],
      'password-front': [
        'A password stands before the site.',
        'Keep name and password of that front at hand: we ask for them when pairing.',
      ],
      'bot-check': ['A bot check stops us.', 'Have the host or CDN let Nachtwacht through, or pairing will fail.'],
      'same-address': ['The address is right.', null],
      moved: ['The site sends its visitors on to another address.', 'Use that address.'],
      encrypted: ['The connection is encrypted.', null],
      'only-http': [
        'The site does not answer with https, but does without.',
        'Have the host switch https on. When it must be now, use the address with http.',
      ],
      'not-encrypted': [
        'The connection is not encrypted: it can be read on the way.',
        'Have the host switch https on; it is free and belongs there.',
      ],
      'is-wordpress': ['It is WordPress.', null],
      'perhaps-wordpress': ['Whether it is WordPress cannot be seen yet.', null],
      'no-wordpress': [
        'It does not look like WordPress.',
        'Check that this is the right site; the plugin needs WordPress.',
      ],
      'plugin-ready': ['The plugin is there already and waits for a code.', null],
      'plugin-paired': [
        'The plugin is there already and is paired with somebody else.',
        'Unpair it in WordPress under Settings > Nachtwacht.',
      ],
      'plugin-absent': ['The plugin is not there yet: that is the next step.', null],
      'new-here': ['The site is not in care yet.', null],
      'in-care': ['This site is in care already.', 'Open its page.'],
    },
  },
});

/** A finding in both languages, as the contract gives it. */
export function findingInWords(code: HomeCode): {
  says: Record<Language, string>;
  next: Record<Language, string> | null;
} {
  const [nl, nlNext] = intakeWords('nl').home[code];
  const [en, enNext] = intakeWords('en').home[code];
  return { says: { nl, en }, next: nlNext === null || enNext === null ? null : { nl: nlNext, en: enNext } };
}
