import { defineWords } from '../../../src/platform/words.ts';

/** A number, for the form of the word, and how it is written. */
type Counted = (count: number, written: string) => string;

interface SettingsScreenWords {
  sentence: { well: string; keys: Counted; loading: string };
  below: string;
  contents: string;
  readOnly: string;
  saved: string;
  save: string;
  fixed: (variables: string) => string;
  house: {
    title: string;
    name: string;
    nameHint: string;
    timeZone: string;
    timeZoneHint: string;
    language: string;
    languageHint: string;
    nl: string;
    en: string;
  };
  brand: {
    title: string;
    note: string;
    colour: string;
    colourHint: string;
    pick: string;
    light: string;
    dark: string;
    passes: (contrast: string) => string;
    darker: (asked: string, contrast: string) => string;
    lighter: (asked: string, contrast: string) => string;
    looksLike: Record<'well' | 'broken' | 'unsure', string>;
    sample: string;
    sampleText: string;
    notAColour: string;
    useOwn: string;
    logo: string;
    logoHint: string;
    chooseLogo: string;
    removeLogo: string;
    noLogo: string;
    logoAlt: string;
    reload: string;
  };
  storage: {
    title: string;
    now: { folder: (folder: string) => string; s3: (where: string) => string };
    counted: Counted;
    stays: string;
    change: string;
    kind: string;
    folder: string;
    folderHint: string;
    s3: string;
    s3Hint: string;
    path: string;
    pathHint: string;
    endpoint: string;
    endpointHint: string;
    region: string;
    bucket: string;
    prefix: string;
    prefixHint: string;
    accessKey: string;
    secretKey: string;
    keysHint: string;
    test: string;
    testing: string;
    testWell: (ms: string) => string;
    steps: Record<'put' | 'read' | 'list' | 'delete', string>;
    save: string;
    elsewhere: string;
    noKeys: string;
    newKeys: string;
    giveKeys: (where: string) => string;
    own: (folder: string) => string;
    cancel: string;
  };
  mail: {
    title: string;
    none: string;
    now: (server: string, from: string) => string;
    host: string;
    port: string;
    security: string;
    starttls: string;
    tls: string;
    open: string;
    user: string;
    password: string;
    passwordKept: string;
    from: string;
    fromHint: string;
    to: string;
    test: string;
    tested: (to: string) => string;
    serverSaid: string;
    remove: string;
    removeSure: string;
    removeWhy: string;
  };
  keeping: {
    title: string;
    hourly: string;
    daily: string;
    monthly: string;
    beforeChange: string;
    days: string;
    rule: string;
    preview: (kept: string, made: string) => string;
    previewTitle: string;
    previewFor: string;
    forHourly: string;
    forDaily: string;
    show: string;
    moment: string;
    why: string;
    useDefault: string;
    careful: string;
  };
  excludes: {
    title: string;
    note: string;
    own: string;
    ownHint: string;
    builtIn: string;
    builtInWhy: Record<string, string>;
  };
  pace: {
    title: string;
    bytes: string;
    bytesHint: string;
    requests: string;
    requestsHint: string;
    night: (from: string, until: string) => string;
    nightNote: string;
  };
  keys: {
    title: string;
    why: string;
    due: Counted;
    none: string;
    allKept: string;
    all: string;
    onlyDue: string;
    perCustomer: string;
    forCustomer: string;
    download: string;
    downloaded: Counted;
    freshTitle: string;
    fresh: string;
    signIn: string;
    site: string;
    exported: string;
    never: string;
    removed: string;
    search: string;
    kept: string;
    notKept: string;
    states: string;
    one: string;
  };
}

export const settingsScreenWords = defineWords<SettingsScreenWords>({
  nl: {
    sentence: {
      well: 'Zo staat het huis ingesteld.',
      keys: (count, written) =>
        count === 1
          ? 'Eén wachtwoord van een backup ligt nog nergens anders.'
          : `${written} wachtwoorden van backups liggen nog nergens anders.`,
      loading: 'Instellingen',
    },
    below: 'Een wijziging geldt meteen, voor iedereen.',
    contents: 'Onderdelen',
    readOnly: 'Je kunt dit bekijken; veranderen kan alleen een beheerder.',
    saved: 'Bewaard.',
    save: 'Bewaren',
    fixed: (variables) => `Dit staat in de omgeving van de server (${variables}) en is hier alleen te lezen.`,
    house: {
      title: 'Het bureau',
      name: 'Naam',
      nameHint: 'Staat bovenaan elke pagina, in mails, en in de plugin bij je klanten.',
      timeZone: 'Tijdzone',
      timeZoneHint: 'Hierin tellen nachten en beloften, zoals Europe/Amsterdam.',
      language: 'Taal',
      languageHint: 'Voor wie zelf geen taal koos.',
      nl: 'Nederlands',
      en: 'Engels',
    },
    brand: {
      title: 'Huisstijl',
      note: 'Naam, kleur en logo; de rest blijft zoals het is.',
      colour: 'Accentkleur',
      colourHint: 'Eén kleur; wij maken er een voor overdag en een voor ’s nachts van.',
      pick: 'Kies een kleur',
      light: 'Overdag',
      dark: '’s Nachts',
      passes: (contrast) => `Goed te lezen (${contrast} op 1).`,
      darker: (asked, contrast) =>
        `Jouw kleur haalt ${asked} op 1, en 4,5 is nodig om te kunnen lezen. Daarom iets donkerder: ${contrast} op 1.`,
      lighter: (asked, contrast) =>
        `Jouw kleur haalt ${asked} op 1, en 4,5 is nodig om te kunnen lezen. Daarom iets lichter: ${contrast} op 1.`,
      looksLike: {
        well: 'Let op: deze kleur lijkt op het groen van ‘in orde’.',
        broken: 'Let op: deze kleur lijkt op het rood van ‘stuk’.',
        unsure: 'Let op: deze kleur lijkt op het blauw van ‘onzeker’.',
      },
      sample: 'Backup maken',
      sampleText: 'Wat je hier kunt doen',
      notAColour: 'Geef de kleur als # en zes cijfers, zoals #8a5a00.',
      useOwn: 'Terug naar lantaarngoud',
      logo: 'Logo',
      logoHint: 'PNG, JPEG, WebP of SVG, hoogstens 300 kB.',
      chooseLogo: 'Kies een bestand',
      removeLogo: 'Logo weghalen',
      noLogo: 'Nog geen logo; het lantaarntje staat er nu.',
      logoAlt: 'Het logo zoals het nu is',
      reload: 'Bewaard. Andere vensters tonen het zodra ze opnieuw laden.',
    },
    storage: {
      title: 'Waar de backups liggen',
      now: {
        folder: (folder) => `Nieuwe backups komen in de map ${folder} op deze machine.`,
        s3: (where) => `Nieuwe backups komen in ${where}.`,
      },
      counted: (count, written) =>
        count === 1
          ? 'Hier ligt nu één site.'
          : count === 0
            ? 'Hier ligt nog niets.'
            : `Hier liggen nu ${written} sites.`,
      stays:
        'Wat er al ligt, blijft waar het is en blijft werken: elke site onthoudt haar plek. Alleen nieuwe sites gaan naar de nieuwe plek.',
      change: 'Andere plek kiezen',
      kind: 'Soort opslag',
      folder: 'Map op deze machine',
      folderHint: 'Eenvoudig; zorg zelf voor een kopie elders.',
      s3: 'S3',
      s3Hint: 'Amazon of een andere S3-opslag. Overleeft de machine.',
      path: 'Map',
      pathHint: 'Het hele pad, zoals /srv/backups. Leeg: bij de eigen gegevens van Nachtwacht.',
      endpoint: 'Adres',
      endpointHint: 'Zoals https://s3.eu-central-1.amazonaws.com',
      region: 'Regio',
      bucket: 'Bucket',
      prefix: 'Map in de bucket',
      prefixHint: 'Leeg: de hele bucket.',
      accessKey: 'Toegangssleutel',
      secretKey: 'Geheime sleutel',
      keysHint: 'Leeg laten: de sleutels die voor deze plek bewaard zijn.',
      test: 'Uitproberen',
      testing: 'We schrijven, lezen, zoeken en wissen één proefbestand.',
      testWell: (ms) => `Deze plek werkt: schrijven, lezen, opsommen en wissen gingen goed, in ${ms} ms.`,
      steps: { put: 'Schrijven', read: 'Lezen', list: 'Opsommen', delete: 'Wissen' },
      save: 'Uitproberen en gebruiken',
      elsewhere: 'Hier liggen ook nog backups',
      noKeys: 'Voor deze plek zijn geen sleutels: deze backups zijn nu niet te bereiken.',
      newKeys: 'Nieuwe sleutels',
      giveKeys: (where) => `Sleutels voor ${where}`,
      own: (folder) => `Standaardmap: ${folder}`,
      cancel: 'Laat maar',
    },
    mail: {
      title: 'Mail',
      none: 'Er is geen mailserver. Uitnodigingen gaan dan als link die je zelf doorgeeft.',
      now: (server, from) => `Mail gaat via ${server}, van ${from}.`,
      host: 'Server',
      port: 'Poort',
      security: 'Versleuteling',
      starttls: 'STARTTLS (meestal poort 587)',
      tls: 'TLS vanaf het begin (meestal poort 465)',
      open: 'Geen (alleen in een eigen netwerk)',
      user: 'Gebruikersnaam',
      password: 'Wachtwoord',
      passwordKept: 'Er is een wachtwoord bewaard. Leeg laten: dat blijft.',
      from: 'Afzender',
      fromHint: 'Het adres waar antwoorden naartoe gaan.',
      to: 'Proefmail naar',
      test: 'Proefmail sturen',
      tested: (to) => `De server nam de mail aan. Kijk of hij bij ${to} aankomt, ook bij ongewenst.`,
      serverSaid: 'De server zei',
      remove: 'Mailserver weghalen',
      removeSure: 'Geen mail meer versturen?',
      removeWhy: 'Uitnodigingen gaan dan als link die je zelf doorgeeft. Het wachtwoord wordt gewist.',
    },
    keeping: {
      title: 'Wat hoe lang blijft',
      hourly: 'Uren',
      daily: 'Dagen',
      monthly: 'Maanden',
      beforeChange: 'Vóór een wijziging, in dagen',
      days: 'dagen',
      rule: 'In woorden',
      preview: (kept, made) => `Van ${made} backups blijven er ${kept}.`,
      previewTitle: 'Voorbeeld',
      previewFor: 'Een site met een jaar aan backups',
      forHourly: 'elk uur',
      forDaily: 'elke nacht',
      show: 'Welke momenten zijn dat?',
      moment: 'Moment',
      why: 'Blijft omdat',
      useDefault: 'Terug naar de standaard',
      careful: 'Minder bewaren wist oude backups bij de eerstvolgende opruiming, en dat is niet terug te draaien.',
    },
    excludes: {
      title: 'Wat we overslaan',
      note: 'Bij alle sites. Per site kan er meer bij.',
      own: 'Eigen lijst',
      ownHint:
        'Eén pad per regel vanaf de map van WordPress, zoals wp-content/uploads/zooi. Een * is één naam, **/ ervoor is overal.',
      builtIn: 'Dit slaan we altijd over',
      builtInWhy: {
        'excluded-own': 'onze eigen werkmap',
        'excluded-cache': 'cache, maakt de site zelf opnieuw',
        'excluded-backup': 'backups van een andere plugin',
        'excluded-by-hand': 'zo ingesteld',
      },
    },
    pace: {
      title: 'Rustig aan',
      bytes: 'Hoogstens, in MB per seconde',
      bytesHint: 'Leeg: geen grens. We worden altijd al rustiger als een site traag antwoordt.',
      requests: 'Hoogstens, in verzoeken per seconde',
      requestsHint: 'Leeg: geen grens. Per site kan het anders.',
      night: (from, until) =>
        `Backups van elke nacht beginnen tussen ${from} en ${until}, elke site op haar eigen minuut.`,
      nightNote: 'In de tijdzone van het bureau.',
    },
    keys: {
      title: 'Sleutels van de backups',
      why: 'Elke backup is versleuteld met een eigen wachtwoord. Raakt deze machine weg, dan zijn de backups alleen te lezen met wat je hier bewaart.',
      due: (count, written) =>
        count === 1 ? 'Eén wachtwoord is nog niet bewaard.' : `${written} wachtwoorden zijn nog niet bewaard.`,
      none: 'Er zijn nog geen backups, dus ook nog geen wachtwoorden.',
      allKept: 'Alle wachtwoorden zijn bewaard sinds ze gemaakt zijn.',
      all: 'Alle sites',
      onlyDue: 'Wat nog niet bewaard is',
      perCustomer: 'Welke',
      forCustomer: 'Klant',
      download: 'Document downloaden',
      downloaded: (count, written) =>
        `Gedownload, met ${count === 1 ? 'één site' : `${written} sites`}. Berg het op buiten deze machine; het wordt nergens bewaard.`,
      freshTitle: 'Bevestig dat jij het bent',
      fresh: 'Hiermee zijn alle backups te lezen. Log daarom opnieuw in; je komt hier terug.',
      signIn: 'Opnieuw inloggen',
      site: 'Site',
      exported: 'Bewaard',
      never: 'nog niet',
      removed: 'niet meer in zorg',
      search: 'Zoek een site',
      kept: 'bewaard',
      notKept: 'nog niet bewaard',
      states: 'Per site',
      one: 'Eén site',
    },
  },
  en: {
    sentence: {
      well: 'This is how the house is set.',
      keys: (count, written) =>
        count === 1
          ? 'One backup password is kept nowhere else yet.'
          : `${written} backup passwords are kept nowhere else yet.`,
      loading: 'Settings',
    },
    below: 'A change counts at once, for everybody.',
    contents: 'Parts',
    readOnly: 'You can look at this; only an operator can change it.',
    saved: 'Saved.',
    save: 'Save',
    fixed: (variables) => `This is set in the environment of the server (${variables}) and can only be read here.`,
    house: {
      title: 'The agency',
      name: 'Name',
      nameHint: 'At the top of every page, in mails, and in the plugin at your customers.',
      timeZone: 'Time zone',
      timeZoneHint: 'In which nights and promises are counted, such as Europe/Amsterdam.',
      language: 'Language',
      languageHint: 'For who has not chosen one.',
      nl: 'Dutch',
      en: 'English',
    },
    brand: {
      title: 'House style',
      note: 'Name, colour and logo; the rest stays as it is.',
      colour: 'Accent colour',
      colourHint: 'One colour; we make one for the day and one for the night of it.',
      pick: 'Choose a colour',
      light: 'By day',
      dark: 'By night',
      passes: (contrast) => `Easy to read (${contrast} to 1).`,
      darker: (asked, contrast) =>
        `Your colour comes to ${asked} to 1, and 4.5 is needed to be read. So a little darker: ${contrast} to 1.`,
      lighter: (asked, contrast) =>
        `Your colour comes to ${asked} to 1, and 4.5 is needed to be read. So a little lighter: ${contrast} to 1.`,
      looksLike: {
        well: 'Mind: this colour looks like the green of ‘well’.',
        broken: 'Mind: this colour looks like the red of ‘broken’.',
        unsure: 'Mind: this colour looks like the blue of ‘unsure’.',
      },
      sample: 'Back up',
      sampleText: 'What you can do here',
      notAColour: 'Give the colour as # and six digits, such as #8a5a00.',
      useOwn: 'Back to lantern gold',
      logo: 'Logo',
      logoHint: 'PNG, JPEG, WebP or SVG, at most 300 kB.',
      chooseLogo: 'Choose a file',
      removeLogo: 'Remove the logo',
      noLogo: 'No logo yet; the little lantern stands there now.',
      logoAlt: 'The logo as it is now',
      reload: 'Saved. Other windows show it when they load again.',
    },
    storage: {
      title: 'Where the backups are',
      now: {
        folder: (folder) => `New backups go into the folder ${folder} on this machine.`,
        s3: (where) => `New backups go to ${where}.`,
      },
      counted: (count, written) =>
        count === 1 ? 'One site is here now.' : count === 0 ? 'Nothing is here yet.' : `${written} sites are here now.`,
      stays:
        'What is there stays where it is and goes on working: each site remembers its place. Only new sites go to the new place.',
      change: 'Choose another place',
      kind: 'Kind of storage',
      folder: 'Folder on this machine',
      folderHint: 'Simple; see to a copy elsewhere yourself.',
      s3: 'S3',
      s3Hint: 'Amazon or another S3 store. Survives the machine.',
      path: 'Folder',
      pathHint: 'The whole path, such as /srv/backups. Empty: with Nachtwacht’s own data.',
      endpoint: 'Address',
      endpointHint: 'Such as https://s3.eu-central-1.amazonaws.com',
      region: 'Region',
      bucket: 'Bucket',
      prefix: 'Folder in the bucket',
      prefixHint: 'Empty: the whole bucket.',
      accessKey: 'Access key',
      secretKey: 'Secret key',
      keysHint: 'Leave empty: the keys that are kept for this place.',
      test: 'Try it',
      testing: 'We write, read, find and delete one test file.',
      testWell: (ms) => `This place works: writing, reading, listing and deleting went well, in ${ms} ms.`,
      steps: { put: 'Write', read: 'Read', list: 'List', delete: 'Delete' },
      save: 'Try and use it',
      elsewhere: 'Backups are here as well',
      noKeys: 'There are no keys for this place: these backups cannot be reached now.',
      newKeys: 'New keys',
      giveKeys: (where) => `Keys for ${where}`,
      own: (folder) => `Default folder: ${folder}`,
      cancel: 'Leave it',
    },
    mail: {
      title: 'Mail',
      none: 'There is no mail server. Invitations are then links that you pass on yourself.',
      now: (server, from) => `Mail goes by ${server}, from ${from}.`,
      host: 'Server',
      port: 'Port',
      security: 'Encryption',
      starttls: 'STARTTLS (usually port 587)',
      tls: 'TLS from the start (usually port 465)',
      open: 'None (only in a network of your own)',
      user: 'User name',
      password: 'Password',
      passwordKept: 'A password is kept. Leave empty: it stays.',
      from: 'Sender',
      fromHint: 'The address that answers go to.',
      to: 'Test mail to',
      test: 'Send a test mail',
      tested: (to) => `The server took the mail. Look whether it arrives at ${to}, in the junk as well.`,
      serverSaid: 'The server said',
      remove: 'Remove the mail server',
      removeSure: 'Send no more mail?',
      removeWhy: 'Invitations are then links that you pass on yourself. The password is erased.',
    },
    keeping: {
      title: 'What stays how long',
      hourly: 'Hours',
      daily: 'Days',
      monthly: 'Months',
      beforeChange: 'Before a change, in days',
      days: 'days',
      rule: 'In words',
      preview: (kept, made) => `Of ${made} backups ${kept} stay.`,
      previewTitle: 'Example',
      previewFor: 'A site with a year of backups',
      forHourly: 'every hour',
      forDaily: 'every night',
      show: 'Which moments are that?',
      moment: 'Moment',
      why: 'Stays because',
      useDefault: 'Back to the default',
      careful: 'To keep less removes old backups at the next tidying, and that cannot be undone.',
    },
    excludes: {
      title: 'What we leave out',
      note: 'At all sites. A site can have more.',
      own: 'Own list',
      ownHint:
        'One path a line from the WordPress folder on, such as wp-content/uploads/junk. A * is one name, **/ before it is anywhere.',
      builtIn: 'This is always left out',
      builtInWhy: {
        'excluded-own': 'our own working folder',
        'excluded-cache': 'cache, the site makes it again',
        'excluded-backup': 'backups of another plugin',
        'excluded-by-hand': 'set so',
      },
    },
    pace: {
      title: 'Gently',
      bytes: 'At most, in MB per second',
      bytesHint: 'Empty: no bound. We always slow down when a site answers slowly.',
      requests: 'At most, in requests per second',
      requestsHint: 'Empty: no bound. A site can have its own.',
      night: (from, until) => `Nightly backups begin between ${from} and ${until}, each site at its own minute.`,
      nightNote: 'In the time zone of the agency.',
    },
    keys: {
      title: 'Keys of the backups',
      why: 'Each backup is encrypted with a password of its own. When this machine is lost, the backups can only be read with what you keep here.',
      due: (count, written) =>
        count === 1 ? 'One password has not been kept yet.' : `${written} passwords have not been kept yet.`,
      none: 'There are no backups yet, so no passwords either.',
      allKept: 'All passwords were kept since they were made.',
      all: 'All sites',
      onlyDue: 'What was not kept yet',
      perCustomer: 'Which',
      forCustomer: 'Customer',
      download: 'Download the document',
      downloaded: (count, written) =>
        `Downloaded, with ${count === 1 ? 'one site' : `${written} sites`}. Put it away outside this machine; it is stored nowhere.`,
      freshTitle: 'Confirm that it is you',
      fresh: 'This opens all backups. So please sign in again; you come back here.',
      signIn: 'Sign in again',
      site: 'Site',
      exported: 'Kept',
      never: 'not yet',
      removed: 'no longer under care',
      search: 'Find a site',
      kept: 'kept',
      notKept: 'not kept yet',
      states: 'Per site',
      one: 'One site',
    },
  },
});
