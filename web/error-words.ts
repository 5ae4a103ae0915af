// Loads with the first error, not with the first page.
import { dutchOf } from '../src/error-words.ts';
import { defineWords, type Language } from '../src/platform/words.ts';
import type { ApiError } from './api.ts';
import type { ErrorWords } from './errors.ts';

/** For the browser, where the house's own words name commands of the terminal. A missing sentence is the house's. */
type BrowserWords = { nextStep: string; sentence?: string };

const stepsNl = {
  'not-signed-in': { sentence: 'Je bent niet meer ingelogd.', nextStep: 'Log opnieuw in.' },
  'not-allowed': { sentence: 'Dit mag jij niet.', nextStep: 'Vraag het aan een beheerder.' },
  'host-refused': {
    nextStep: 'Gebruik het adres waaronder Nachtwacht is ingesteld, of laat de beheerder dit adres instellen.',
  },
  'not-a-customer': { nextStep: 'Bekijk de site zelf in het overzicht.' },
  'token-not-found': { nextStep: 'Bekijk de lijst van tokens; misschien is het al ingetrokken.' },
  'customer-not-found': { nextStep: 'Bekijk de lijst van klanten, of voeg een klant toe.' },
  'site-exists': { nextStep: 'Zoek haar op in het overzicht.' },
  'site-not-found': { nextStep: 'Bekijk het overzicht van sites; misschien is zij uit het beheer genomen.' },
  'site-busy': { nextStep: 'Wacht tot het klaar is, of stop het op de pagina van de site.' },
  'site-not-paired': { nextStep: 'Koppel haar: lees de code op de site onder Instellingen > Nachtwacht.' },
  'paired-already-here': { nextStep: 'Ontkoppel haar eerst.' },
  'unpair-unreachable': {
    nextStep: 'Probeer het opnieuw als de site antwoordt, of ontkoppel haar ook op haar eigen instellingenpagina.',
  },
  'site-url-has-credentials': { nextStep: 'Laat ze weg; ze worden apart gevraagd.' },
  'site-url-needs-https': { nextStep: 'Gebruik https, of geef aan dat de site nog geen https heeft.' },
  'site-id-invalid': { nextStep: 'Kies de site in het overzicht.' },
  'subject-busy': { nextStep: 'Wacht tot het klaar is, of stop het op de pagina van de site.' },
  'run-not-found': { nextStep: 'Bekijk op de pagina van de site wat er loopt en liep.' },
  'repository-none-yet': { nextStep: 'Maak er eerst een met ‘Nu backuppen’.' },
  'store-keys-missing': { nextStep: 'Geef de sleutels van die opslag onder Instellingen > Opslag.' },
  'backup-not-made': { nextStep: 'Begin haar opnieuw; op de pagina van de site staat wat er mis is.' },
  'snapshot-not-found': { nextStep: 'Kies een ander moment op de pagina van de site.' },
  'snapshot-unknown': { nextStep: 'Kies een ander moment op de pagina van de site.' },
  'snapshot-gone': { nextStep: 'Laat een beheerder de opslag controleren: iemand kan hem daar verwijderd hebben.' },
  'restore-running': { nextStep: 'Wacht tot het klaar is, of stop het op de pagina van de site.' },
  'restore-unknown': { nextStep: 'Bekijk op de pagina van de site wat er is teruggezet.' },
  'restore-reverted': { nextStep: 'Kijk op de pagina van de site wat er misging en probeer het opnieuw.' },
  'dump-unreadable': { nextStep: 'Maak een nieuwe backup; blijft het, laat dan een beheerder de opslag controleren.' },
  unpaired: { nextStep: 'Koppel haar opnieuw: lees een nieuwe code op de site onder Instellingen > Nachtwacht.' },
  damaged: { nextStep: 'Laat een beheerder de opslag controleren.' },
  'missing-pack': { nextStep: 'Laat een beheerder de opslag controleren.' },
  'missing-blob': { nextStep: 'Laat een beheerder de opslag controleren.' },
  'access-denied': { nextStep: 'Controleer de sleutels onder Instellingen > Opslag, en hun rechten.' },
  'no-bucket': { nextStep: 'Maak de bucket, of verbeter zijn naam onder Instellingen > Opslag.' },
  version: { nextStep: 'Download de plugin van dit platform en installeer die op de site.' },
  'unknown-command': { nextStep: 'Download de plugin van dit platform en installeer die op de site.' },
  claim: { nextStep: 'Niets: het nieuwere werk gaat verder.' },
  'address-refused': {
    nextStep: 'Staat de site in jullie eigen netwerk, dan kan de beheerder van het platform dat toestaan.',
  },
  'basic-auth-needed': { nextStep: 'Koppel opnieuw en geef de naam en het wachtwoord die ervoor staan.' },
  'probe-not-found': { nextStep: 'Bekijk de lijst onder Instellingen > Tweede plekken.' },
  'message-provider-not-found': { nextStep: 'Bekijk de lijst onder Instellingen > Kanalen voor alarm.' },
} satisfies Record<string, BrowserWords>;

/** Codes with words of their own in the browser. */
export type BrowserCode = keyof typeof stepsNl;

export const errorSteps = defineWords<Record<BrowserCode, BrowserWords>>({
  nl: stepsNl,
  en: {
    'not-signed-in': { sentence: 'You are no longer signed in.', nextStep: 'Sign in again.' },
    'not-allowed': { sentence: 'You may not do this.', nextStep: 'Ask an operator.' },
    'host-refused': { nextStep: 'Use the address that Nachtwacht is set to, or have the operator set this one.' },
    'not-a-customer': { nextStep: 'Look at the site itself in the overview.' },
    'token-not-found': { nextStep: 'Look at the list of tokens; it may have been revoked.' },
    'customer-not-found': { nextStep: 'Look at the list of customers, or add one.' },
    'site-exists': { nextStep: 'Look it up in the overview.' },
    'site-not-found': { nextStep: 'Look at the overview of sites; it may have been taken out of care.' },
    'site-busy': { nextStep: 'Wait until it ends, or stop it on the page of the site.' },
    'site-not-paired': { nextStep: 'Pair it: read the code on the site under Settings > Nachtwacht.' },
    'paired-already-here': { nextStep: 'Unpair it first.' },
    'unpair-unreachable': {
      nextStep: 'Try again when the site answers, or disconnect it on its own settings page too.',
    },
    'site-url-has-credentials': { nextStep: 'Leave them out; they are asked for separately.' },
    'site-url-needs-https': { nextStep: 'Use https, or say that the site has no https yet.' },
    'site-id-invalid': { nextStep: 'Choose the site in the overview.' },
    'subject-busy': { nextStep: 'Wait until it ends, or stop it on the page of the site.' },
    'run-not-found': { nextStep: 'See on the page of the site what runs and ran.' },
    'repository-none-yet': { nextStep: 'Make one first with ‘Back up now’.' },
    'store-keys-missing': { nextStep: 'Give the keys of that store under Settings > Storage.' },
    'backup-not-made': { nextStep: 'Start it again; the page of the site says what is wrong.' },
    'snapshot-not-found': { nextStep: 'Choose another moment on the page of the site.' },
    'snapshot-unknown': { nextStep: 'Choose another moment on the page of the site.' },
    'snapshot-gone': { nextStep: 'Have an operator verify the store: somebody may have removed it there.' },
    'restore-running': { nextStep: 'Wait until it ends, or stop it on the page of the site.' },
    'restore-unknown': { nextStep: 'See on the page of the site what was put back.' },
    'restore-reverted': { nextStep: 'See on the page of the site what went wrong and try again.' },
    'dump-unreadable': { nextStep: 'Make a new backup; if it stays, have an operator verify the store.' },
    unpaired: { nextStep: 'Pair it again: read a fresh code on the site under Settings > Nachtwacht.' },
    damaged: { nextStep: 'Have an operator verify the store.' },
    'missing-pack': { nextStep: 'Have an operator verify the store.' },
    'missing-blob': { nextStep: 'Have an operator verify the store.' },
    'access-denied': { nextStep: 'Check the keys under Settings > Storage, and what they may do.' },
    'no-bucket': { nextStep: 'Make the bucket, or correct its name under Settings > Storage.' },
    version: { nextStep: 'Download the plugin of this platform and install it on the site.' },
    'unknown-command': { nextStep: 'Download the plugin of this platform and install it on the site.' },
    claim: { nextStep: 'Nothing: the newer work goes on.' },
    'address-refused': {
      nextStep: 'If the site is in your own network, the operator of the platform can allow that.',
    },
    'basic-auth-needed': { nextStep: 'Pair again and give the name and password in front of it.' },
    'probe-not-found': { nextStep: 'Look at the list under Settings > Second places.' },
    'message-provider-not-found': { nextStep: 'Look at the list under Settings > Channels for alarms.' },
  },
});

/** Codes that only whoever starts the program meets: their next steps are for the terminal, also when shown here. */
export const terminalCodes: ReadonlySet<string> = new Set([
  'config-wrong',
  'already-running',
  'no-main-process',
  'no-database-runs',
  'cannot-listen',
  'database-not-migrated',
  'database-unreachable',
  'database-folder-closed',
  'postgres-binaries-missing',
  'postgres-no-user',
  'master-key-wrong',
  'trial-database-missing',
  // Met by a second location's own program only.
  'probe-join-failed',
  'probe-joined-already',
  'probe-not-joined',
  'probe-token-wrong',
  'probe-unknown',
]);

/** An error of the API in the reader's language, for somebody at a browser. */
export function wordsOfError(error: ApiError, language: Language): ErrorWords {
  const own: Partial<Record<string, BrowserWords>> = errorSteps(language);
  const browser = own[error.code];
  const house = language === 'nl' ? dutchOf(error) : undefined;
  return {
    sentence: browser?.sentence ?? house?.message ?? error.message,
    nextStep: browser?.nextStep ?? house?.nextStep ?? error.nextStep,
  };
}
