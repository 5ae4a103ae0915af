import { countInWords, defineWords, momentInWords, type Language } from '../platform/words.ts';
import type { MailProblem } from './rules/explain-mail-error.ts';
import type { StoreProblem, StoreStep } from './rules/explain-store-error.ts';
import type { LogoProblem } from './rules/judge-logo.ts';

/** What is wrong, and what to do. */
export type Told = [says: string, next: string];

interface SettingsWords {
  step: Record<StoreStep, string>;
  store: {
    wrongAccessKey: Told;
    wrongSecretKey: Told;
    noBucket: Told;
    noRight: (what: string) => Told;
    clockSkew: (minutes: number | undefined) => Told;
    wrongRegion: (region: string | undefined) => Told;
    certificate: (reason: string) => Told;
    noTls: Told;
    unknownHost: Told;
    refused: Told;
    timeout: Told;
    noS3: Told;
    full: Told;
    differs: Told;
    folderDenied: Told;
    folderMissing: Told;
    folderReadOnly: Told;
    other: (what: string, name: string) => Told;
  };
  mail: Record<Exclude<MailProblem['code'], 'certificate'>, Told> & { certificate: (reason: string) => Told };
  logo: Record<LogoProblem, Told>;
  testMail: { subject: (house: string) => string; text: (house: string, by: string) => string };
  retention: {
    hourly: (count: number) => string;
    daily: (count: number) => string;
    monthly: (count: number) => string;
    beforeChange: (days: number) => string;
    always: string;
  };
  keys: {
    title: (house: string) => string;
    madeOn: (when: string, by: string) => string;
    keep: string[];
    how: string[];
    site: string;
    customer: string;
    repository: string;
    variables: string;
    command: string;
    removed: string;
    end: string;
    file: string;
  };
}

export const settingsWords = defineWords<SettingsWords>({
  nl: {
    step: { put: 'schrijven', read: 'lezen', list: 'opsommen', delete: 'wissen' },
    store: {
      wrongAccessKey: [
        'De opslag kent deze toegangssleutel niet.',
        'Kijk bij de aanbieder welke sleutels er zijn en plak de toegangssleutel opnieuw.',
      ],
      wrongSecretKey: [
        'De geheime sleutel hoort niet bij deze toegangssleutel.',
        'Plak de geheime sleutel opnieuw, zonder spaties; kwijt is kwijt: maak dan een nieuw paar.',
      ],
      noBucket: ['Deze bucket bestaat niet.', 'Maak de bucket bij de aanbieder, of verbeter de naam.'],
      noRight: (what) => [
        `De sleutels mogen hier niet ${what}.`,
        `Geef deze sleutels het recht om te ${what} in deze bucket; Nachtwacht moet schrijven, lezen, opsommen en wissen.`,
      ],
      clockSkew: (minutes) => [
        minutes === undefined
          ? 'De klok van deze machine loopt te veel verkeerd.'
          : `De klok van deze machine loopt ${countInWords(Math.abs(minutes), 'nl', { one: 'minuut', other: 'minuten' })} ${minutes > 0 ? 'voor' : 'achter'}.`,
        'Zet de klok gelijk (timedatectl set-ntp true) en probeer het opnieuw.',
      ],
      wrongRegion: (region) => [
        'De bucket ligt in een andere regio.',
        region === undefined ? 'Kijk bij de aanbieder in welke regio de bucket ligt.' : `Vul als regio ${region} in.`,
      ],
      certificate: (reason) => [
        `Het certificaat van de opslag deugt niet (${reason}).`,
        'Kijk of het adres klopt; is het een eigen opslag, vernieuw dan haar certificaat.',
      ],
      noTls: [
        'Op dit adres wordt geen TLS gesproken.',
        'Kijk of de poort klopt, of begin het adres met http:// als de opslag in je eigen netwerk staat.',
      ],
      unknownHost: ['Dit adres bestaat niet.', 'Verbeter het adres van de opslag.'],
      refused: ['Op dit adres luistert niets.', 'Kijk of adres en poort kloppen en of de opslag draait.'],
      timeout: ['De opslag antwoordt niet.', 'Kijk of adres en poort kloppen en of een firewall ertussen zit.'],
      noS3: [
        'Op dit adres antwoordt iets anders dan een S3-opslag.',
        'Geef het adres van de S3-toegang van je aanbieder.',
      ],
      full: ['De opslag is vol.', 'Maak plaats of vergroot de ruimte.'],
      differs: [
        'De opslag gaf iets anders terug dan er geschreven was.',
        'Bewaar hier geen backups; kijk wat er tussen ons en de opslag staat.',
      ],
      folderDenied: [
        'Nachtwacht mag in deze map niet schrijven.',
        'Maak de gebruiker waaronder Nachtwacht draait eigenaar van de map.',
      ],
      folderMissing: ['Dit pad gaat door iets dat geen map is.', 'Kies een andere map.'],
      folderReadOnly: ['Deze schijf is alleen te lezen.', 'Koppel haar schrijfbaar aan, of kies een andere map.'],
      other: (what, name) => [
        `De opslag weigerde te ${what}: ${name}.`,
        'Zoek deze naam op bij je aanbieder, of kijk in het log van de opslag.',
      ],
    },
    mail: {
      'wrong-password': ['Naam of wachtwoord klopt niet.', 'Plak ze opnieuw; soms is een app-wachtwoord nodig.'],
      'sign-in-needed': ['De mailserver wil dat we inloggen.', 'Vul gebruikersnaam en wachtwoord in.'],
      'sign-in-not-offered': [
        'De mailserver laat ons hier niet inloggen.',
        'Kies een andere poort of versleuteling; inloggen gaat meestal op poort 587 met STARTTLS.',
      ],
      'tls-not-offered': [
        'De mailserver biedt geen STARTTLS aan, en zonder versleuteling versturen we niets.',
        'Probeer TLS op poort 465, of kies "geen" als de server in je eigen netwerk staat.',
      ],
      'says-nothing': [
        'De mailserver zegt niets.',
        'Vaak wil hij TLS vanaf het begin: probeer TLS op poort 465. Anders is dit geen mailserver.',
      ],
      'no-tls': ['Op deze poort wordt geen TLS vanaf het begin gesproken.', 'Probeer STARTTLS op poort 587.'],
      certificate: (reason) => [
        `Het certificaat van de mailserver deugt niet (${reason}).`,
        'Gebruik de naam die op het certificaat staat, of laat het vernieuwen.',
      ],
      'relay-denied': [
        'De mailserver neemt van ons geen mail aan voor dit adres.',
        'Log in met gebruikersnaam en wachtwoord, of laat de server mail van deze machine doorsturen.',
      ],
      'sender-refused': ['De mailserver weigert deze afzender.', 'Gebruik een afzender die bij dit mailaccount hoort.'],
      'recipient-refused': ['De mailserver weigert deze ontvanger.', 'Kijk of het adres klopt en probeer een ander.'],
      'message-refused': ['De mailserver weigert de mail zelf.', 'Lees wat de server zei; vaak is het een spamfilter.'],
      'try-later': ['De mailserver vraagt het later opnieuw te proberen.', 'Probeer het over een paar minuten.'],
      'unknown-host': ['Deze mailserver bestaat niet.', 'Verbeter de naam van de server.'],
      refused: ['Op deze poort luistert niets.', 'Kijk of server en poort kloppen; meestal 587 of 465.'],
      timeout: ['De mailserver antwoordt niet.', 'Kijk of server en poort kloppen; veel hosts houden poort 25 dicht.'],
      other: ['De mail ging niet weg.', 'Lees wat de server zei.'],
    },
    logo: {
      empty: ['Dit bestand is leeg.', 'Kies een ander bestand.'],
      'too-large': ['Dit bestand is groter dan 300 kB.', 'Maak het kleiner; een logo van 512 beeldpunten is genoeg.'],
      'not-a-picture': ['Dit is geen PNG, JPEG, WebP of SVG.', 'Bewaar het logo als een van deze en kies het opnieuw.'],
      'svg-active': ['In deze SVG zit iets dat kan draaien.', 'Bewaar de tekening zonder scripts en koppelingen.'],
      'svg-outside': ['Deze SVG haalt iets van elders.', 'Neem letters en plaatjes in het bestand zelf op.'],
    },
    testMail: {
      subject: (house) => `Proefmail van ${house}`,
      text: (house, by) =>
        `Deze mail laat zien dat ${house} mail kan versturen.\n\n${by} vroeg erom op de pagina met instellingen van Nachtwacht. Je hoeft niets te doen.`,
    },
    retention: {
      hourly: (count) =>
        count === 0
          ? 'Backups van elk uur blijven niet apart bewaard.'
          : `Van de laatste ${count} uur blijft de laatste backup van elk uur.`,
      daily: (count) =>
        count === 0
          ? 'Dagen blijven niet apart bewaard.'
          : `Daarna blijft van de laatste ${countInWords(count, 'nl', { one: 'dag', other: 'dagen' })} met een backup de laatste van elke dag.`,
      monthly: (count) =>
        count === 0
          ? 'Maanden blijven niet apart bewaard.'
          : `Daarna blijft van de laatste ${countInWords(count, 'nl', { one: 'maand', other: 'maanden' })} de laatste van elke maand.`,
      beforeChange: (days) =>
        days === 0
          ? 'Backups met de hand of vóór een wijziging krijgen geen extra tijd.'
          : `Backups met de hand, vóór een update of vóór terugzetten blijven minstens ${countInWords(days, 'nl', { one: 'dag', other: 'dagen' })}.`,
      always: 'De laatste goede backup blijft altijd, en wat iemand apart zette ook.',
    },
    keys: {
      title: (house) => `Sleutels van de backups bij ${house}`,
      madeOn: (when, by) => `Gemaakt op ${when} door ${by}.`,
      keep: [
        'Bewaar dit op een plek die niet van Nachtwacht afhangt: een wachtwoordkluis, of op papier in een kluis.',
        'Wie dit heeft, kan alle backups hieronder lezen. Zonder deze wachtwoorden kan niemand ze lezen, ook wij niet.',
      ],
      how: [
        'Zo lees je een backup zonder Nachtwacht, met het gewone programma restic (restic.net):',
        'zet de variabelen van de site, voer de opdracht uit, en zet terug met: restic restore latest --target MAP',
      ],
      site: 'Site',
      customer: 'Klant',
      repository: 'Plaats',
      variables: 'Variabelen',
      command: 'Opdracht',
      removed: 'niet meer in zorg',
      end: 'Einde van het document.',
      file: 'backup-sleutels',
    },
  },
  en: {
    step: { put: 'write', read: 'read', list: 'list', delete: 'delete' },
    store: {
      wrongAccessKey: [
        'The store does not know this access key.',
        'Look at your provider which keys there are, and paste the access key again.',
      ],
      wrongSecretKey: [
        'The secret key does not belong to this access key.',
        'Paste the secret key again, without spaces; when it is lost, make a new pair.',
      ],
      noBucket: ['This bucket does not exist.', 'Create the bucket at your provider, or correct its name.'],
      noRight: (what) => [
        `The keys may not ${what} here.`,
        `Give these keys the right to ${what} in this bucket; Nachtwacht must write, read, list and delete.`,
      ],
      clockSkew: (minutes) => [
        minutes === undefined
          ? 'The clock of this machine is too far off.'
          : `The clock of this machine is ${countInWords(Math.abs(minutes), 'en', { one: 'minute', other: 'minutes' })} ${minutes > 0 ? 'fast' : 'slow'}.`,
        'Set the clock (timedatectl set-ntp true) and try again.',
      ],
      wrongRegion: (region) => [
        'The bucket lies in another region.',
        region === undefined
          ? 'Look at your provider in which region the bucket lies.'
          : `Give ${region} as the region.`,
      ],
      certificate: (reason) => [
        `The certificate of the store is not valid (${reason}).`,
        'Check the address; when it is a store of your own, renew its certificate.',
      ],
      noTls: [
        'No TLS is spoken at this address.',
        'Check the port, or begin the address with http:// when the store is in your own network.',
      ],
      unknownHost: ['This address does not exist.', 'Correct the address of the store.'],
      refused: ['Nothing listens at this address.', 'Check address and port, and that the store runs.'],
      timeout: ['The store does not answer.', 'Check address and port, and whether a firewall stands between.'],
      noS3: ['Something other than an S3 store answers here.', 'Give the address of the S3 access of your provider.'],
      full: ['The store is full.', 'Make room, or enlarge it.'],
      differs: [
        'The store gave back something other than was written.',
        'Keep no backups here; look what stands between us and the store.',
      ],
      folderDenied: [
        'Nachtwacht may not write in this folder.',
        'Make the user that Nachtwacht runs as the owner of the folder.',
      ],
      folderMissing: ['This path goes through something that is no folder.', 'Choose another folder.'],
      folderReadOnly: ['This disk can only be read.', 'Mount it writable, or choose another folder.'],
      other: (what, name) => [
        `The store refused to ${what}: ${name}.`,
        'Look this name up at your provider, or look in the log of the store.',
      ],
    },
    mail: {
      'wrong-password': ['Name or password is wrong.', 'Paste them again; sometimes an app password is needed.'],
      'sign-in-needed': ['The mail server wants us to sign in.', 'Give user name and password.'],
      'sign-in-not-offered': [
        'The mail server does not let us sign in here.',
        'Choose another port or encryption; signing in usually goes by port 587 with STARTTLS.',
      ],
      'tls-not-offered': [
        'The mail server does not offer STARTTLS, and without encryption we send nothing.',
        'Try TLS on port 465, or choose "none" when the server is in your own network.',
      ],
      'says-nothing': [
        'The mail server says nothing.',
        'Often it wants TLS from the start: try TLS on port 465. Otherwise this is no mail server.',
      ],
      'no-tls': ['This port does not speak TLS from the start.', 'Try STARTTLS on port 587.'],
      certificate: (reason) => [
        `The certificate of the mail server is not valid (${reason}).`,
        'Use the name that stands on the certificate, or have it renewed.',
      ],
      'relay-denied': [
        'The mail server takes no mail of ours for this address.',
        'Sign in with user name and password, or have the server relay mail of this machine.',
      ],
      'sender-refused': ['The mail server refuses this sender.', 'Use a sender that belongs to this mail account.'],
      'recipient-refused': ['The mail server refuses this recipient.', 'Check the address, and try another.'],
      'message-refused': ['The mail server refuses the mail itself.', 'Read what it said; often it is a spam filter.'],
      'try-later': ['The mail server asks to try again later.', 'Try again in a few minutes.'],
      'unknown-host': ['This mail server does not exist.', 'Correct the name of the server.'],
      refused: ['Nothing listens at this port.', 'Check server and port; usually 587 or 465.'],
      timeout: ['The mail server does not answer.', 'Check server and port; many hosts keep port 25 closed.'],
      other: ['The mail did not go out.', 'Read what the server said.'],
    },
    logo: {
      empty: ['This file is empty.', 'Choose another file.'],
      'too-large': ['This file is larger than 300 kB.', 'Make it smaller; a logo of 512 pixels is enough.'],
      'not-a-picture': ['This is no PNG, JPEG, WebP or SVG.', 'Save the logo as one of these and choose it again.'],
      'svg-active': ['There is something in this SVG that can run.', 'Save the drawing without scripts and links.'],
      'svg-outside': ['This SVG fetches something from elsewhere.', 'Put letters and pictures into the file itself.'],
    },
    testMail: {
      subject: (house) => `Test mail of ${house}`,
      text: (house, by) =>
        `This mail shows that ${house} can send mail.\n\n${by} asked for it on the settings page of Nachtwacht. You need not do anything.`,
    },
    retention: {
      hourly: (count) =>
        count === 0
          ? 'Hours are not kept apart.'
          : `Of the last ${countInWords(count, 'en', { one: 'hour', other: 'hours' })} the last backup of each hour stays.`,
      daily: (count) =>
        count === 0
          ? 'Days are not kept apart.'
          : `Beyond that, of the last ${countInWords(count, 'en', { one: 'day', other: 'days' })} with a backup the last of each day stays.`,
      monthly: (count) =>
        count === 0
          ? 'Months are not kept apart.'
          : `Beyond that, of the last ${countInWords(count, 'en', { one: 'month', other: 'months' })} the last of each month stays.`,
      beforeChange: (days) =>
        days === 0
          ? 'Backups by hand or before a change get no extra time.'
          : `Backups by hand, before an update or before a restore stay at least ${countInWords(days, 'en', { one: 'day', other: 'days' })}.`,
      always: 'The last good backup always stays, and so does what somebody set aside.',
    },
    keys: {
      title: (house) => `Keys of the backups at ${house}`,
      madeOn: (when, by) => `Made on ${when} by ${by}.`,
      keep: [
        'Keep this in a place that does not depend on Nachtwacht: a password vault, or on paper in a safe.',
        'Who has this can read all backups below. Without these passwords nobody can read them, nor can we.',
      ],
      how: [
        'How to read a backup without Nachtwacht, with the plain program restic (restic.net):',
        'set the variables of the site, run the command, and restore with: restic restore latest --target FOLDER',
      ],
      site: 'Site',
      customer: 'Customer',
      repository: 'Place',
      variables: 'Variables',
      command: 'Command',
      removed: 'no longer under care',
      end: 'End of the document.',
      file: 'backup-keys',
    },
  },
});

export function storeProblemInWords(problem: StoreProblem, language: Language): Told {
  const { store, step } = settingsWords(language);
  switch (problem.code) {
    case 'wrong-access-key':
      return store.wrongAccessKey;
    case 'wrong-secret-key':
      return store.wrongSecretKey;
    case 'no-bucket':
      return store.noBucket;
    case 'no-right':
      return store.noRight(step[problem.step]);
    case 'clock-skew':
      return store.clockSkew(problem.minutes);
    case 'wrong-region':
      return store.wrongRegion(problem.region);
    case 'certificate':
      return store.certificate(problem.reason);
    case 'no-tls':
      return store.noTls;
    case 'unknown-host':
      return store.unknownHost;
    case 'refused':
      return store.refused;
    case 'timeout':
      return store.timeout;
    case 'no-s3':
      return store.noS3;
    case 'full':
      return store.full;
    case 'differs':
      return store.differs;
    case 'folder-denied':
      return store.folderDenied;
    case 'folder-missing':
      return store.folderMissing;
    case 'folder-read-only':
      return store.folderReadOnly;
    default:
      return store.other(step[problem.step], problem.name);
  }
}

export function mailProblemInWords(problem: MailProblem, language: Language): Told {
  const { mail } = settingsWords(language);
  return problem.code === 'certificate' ? mail.certificate(problem.reason) : mail[problem.code];
}

/** The rule in sentences, the way a person would tell it. */
export function retentionRuleInWords(
  policy: { hourly: number; daily: number; monthly: number; beforeChangeDays: number },
  language: Language,
): string[] {
  const { retention } = settingsWords(language);
  return [
    retention.hourly(policy.hourly),
    retention.daily(policy.daily),
    retention.monthly(policy.monthly),
    retention.beforeChange(policy.beforeChangeDays),
    retention.always,
  ];
}

/** `Made on 25 Nov 2026, 06:10 by person:jan@x.nl.` */
export function madeOnInWords(at: Date, by: string, language: Language, timeZone: string): string {
  return settingsWords(language).keys.madeOn(momentInWords(at, language, timeZone), by);
}
