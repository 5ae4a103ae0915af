import { defineWords } from '../../../src/platform/words.ts';

interface AddSiteWords {
  /** The page's sentence by where the site is. */
  sentence: {
    choose: string;
    plugin: (site: string) => string;
    pair: (site: string) => string;
    working: (site: string) => string;
    failed: (site: string) => string;
    safe: (site: string) => string;
  };
  below: { choose: string; plugin: string; pair: string; working: string; failed: string };
  safeSince: string;
  progressLabel: string;
  steps: Record<'address' | 'plugin' | 'pair' | 'inventory' | 'measure' | 'backup', string>;
  unfinished: { title: string; goOn: string; at: Record<string, string> };
  form: {
    title: string;
    customer: string;
    chooseCustomer: string;
    newCustomer: string;
    customerName: string;
    customerEmail: string;
    customerEmailHint: string;
    address: string;
    addressHint: string;
    plan: string;
    daily: string;
    dailyHint: string;
    hourly: string;
    hourlyHint: string;
    submit: string;
  };
  look: {
    title: string;
    looking: string;
    use: (address: string) => string;
    open: string;
    again: string;
    wrong: string;
  };
  plugin: {
    title: string;
    download: string;
    downloadHint: string;
    install: string;
    installHint: string;
    openInstall: string;
    code: string;
    codeHint: string;
    openSettings: string;
    seen: string;
    paired: string;
    waiting: string;
    opensNewWindow: string;
  };
  pair: {
    title: string;
    code: string;
    hint: string;
    front: string;
    frontHint: string;
    user: string;
    password: string;
    submit: string;
  };
  work: {
    title: string;
    leave: string;
    retry: string;
    inventory: (plugins: string, themes: string, version: string) => string;
    size: (total: string, limit: string) => string;
    near: string;
    tooLarge: string;
    waiting: string;
    files: (done: string, total: string | undefined, bytes: string | undefined) => string;
    incomplete: string;
    backup: (files: string, rows: string, bytes: string) => string;
  };
  done: {
    title: string;
    made: (files: string, rows: string, bytes: string) => string;
    next: string;
    key: string;
    keyLink: string;
    toSite: (site: string) => string;
    another: string;
    today: string;
  };
}

export const addSiteWords = defineWords<AddSiteWords>({
  nl: {
    sentence: {
      choose: 'Welke site komt erbij?',
      plugin: (site) => `Zet nu de plugin op ${site}.`,
      pair: (site) => `Typ de koppelcode van ${site}.`,
      working: (site) => `De eerste backup van ${site} wordt gemaakt.`,
      failed: (site) => `${site} is nog niet veilig: er ging iets mis.`,
      safe: (site) => `${site} is veilig.`,
    },
    below: {
      choose: 'Vijf minuten werk; je kunt op elk moment weggaan en later verdergaan.',
      plugin: 'Dat gaat in WordPress zelf. Deze pagina ziet vanzelf wanneer het gelukt is.',
      pair: 'De plugin is gezien. Met de code weten wij van elkaar wie we zijn.',
      working: 'Dit gaat vanzelf door, ook als je weggaat.',
      failed: 'Hieronder staat wat er is en wat je kunt doen.',
    },
    safeSince: 'Sinds',
    progressLabel: 'Zo ver is deze site',
    steps: {
      address: 'Adres',
      plugin: 'Plugin',
      pair: 'Koppelen',
      inventory: 'Inventaris',
      measure: 'Meten',
      backup: 'Eerste backup',
    },
    unfinished: {
      title: 'Nog niet klaar',
      goOn: 'Verdergaan',
      at: {
        plugin: 'wacht op de plugin',
        pair: 'wacht op de code',
        inventory: 'inventaris mislukt',
        measure: 'wordt gemeten',
        backup: 'eerste backup',
      },
    },
    form: {
      title: 'De site',
      customer: 'Klant',
      chooseCustomer: 'Kies een klant',
      newCustomer: 'Nieuwe klant',
      customerName: 'Naam van de klant',
      customerEmail: 'E-mailadres van de klant',
      customerEmailHint: 'Voor een uitnodiging later; er wordt nu niets verstuurd.',
      address: 'Adres van de site',
      addressHint: 'De voorpagina, zoals bakkerij.nl',
      plan: 'Hoe vaak een backup',
      daily: 'Elke nacht',
      dailyHint: 'Hoort bij het contract.',
      hourly: 'Elk uur',
      hourlyHint: 'Voor winkels: hoogstens een uur werk kwijt. Alleen wat veranderd is, wordt opgehaald.',
      submit: 'Site toevoegen',
    },
    look: {
      title: 'Wat we op dit adres zien',
      looking: 'We kijken even op dit adres.',
      use: (address) => `Gebruik ${address}`,
      open: 'Open de site',
      again: 'Kijk opnieuw',
      wrong: 'Zo kan deze site er niet bij.',
    },
    plugin: {
      title: 'De plugin, in drie stappen',
      download: 'Download de plugin',
      downloadHint: 'Een zip-bestand. Pak het niet uit.',
      install: 'Zet haar in WordPress',
      installHint:
        'Plugins > Nieuwe plugin toevoegen > Plugin uploaden. Kies het zip-bestand, klik op Nu installeren en daarna op Plugin activeren.',
      openInstall: 'Open Plugin uploaden',
      code: 'Maak een koppelcode',
      codeHint: 'Instellingen > Nachtwacht > Maak een koppelcode. De code geldt 15 minuten.',
      openSettings: 'Open Instellingen > Nachtwacht',
      seen: 'De plugin is er. Typ hieronder de code.',
      paired: 'De plugin is er, maar is al gekoppeld. Ontkoppel haar in WordPress en maak een nieuwe code.',
      waiting: 'De plugin is er nog niet; we kijken elke paar seconden.',
      opensNewWindow: 'opent in een nieuw venster',
    },
    pair: {
      title: 'De koppelcode',
      code: 'Code',
      hint: 'Twintig letters en cijfers. Streepjes, spaties en kleine letters mogen.',
      front: 'Er staat een wachtwoord voor de site',
      frontHint: 'Alleen voor sites die nog achter een extra wachtwoord zitten (basic auth).',
      user: 'Gebruikersnaam van die voorkant',
      password: 'Wachtwoord van die voorkant',
      submit: 'Koppelen',
    },
    work: {
      title: 'Wat er nu gebeurt',
      leave: 'Je kunt weggaan. De site komt bij Vandaag te staan zodra zij klaar is.',
      retry: 'Opnieuw proberen',
      inventory: (plugins, themes, version) => `WordPress ${version}, ${plugins} plugins en ${themes} thema’s.`,
      size: (total, limit) => `${total} van de ${limit} die bij het contract horen.`,
      near: 'Dat is dicht bij de grens; bespreek het met de klant.',
      tooLarge: 'Dat is meer dan het contract toelaat: maak een offerte. De backup gaat gewoon door.',
      waiting: 'Begint zodra er plaats is.',
      files: (done, total, bytes) =>
        `${done}${total === undefined ? '' : ` van ${total}`} bestanden${bytes === undefined ? '' : `, ${bytes}`}`,
      incomplete: 'Er is een backup, maar er ontbreekt iets aan.',
      backup: (files, rows, bytes) => `${files} bestanden en ${rows} rijen, samen ${bytes}.`,
    },
    done: {
      title: 'Vanaf nu',
      made: (files, rows, bytes) => `De eerste backup heeft ${files} bestanden en ${rows} rijen, samen ${bytes}.`,
      next: 'Nachtwacht maakt de volgende vanzelf, leest ze na en waarschuwt als er een uitblijft.',
      key: 'Eén ding nog: bewaar het wachtwoord van deze backups buiten Nachtwacht.',
      keyLink: 'Naar de sleutels',
      toSite: (site) => `Naar ${site}`,
      another: 'En nog een site',
      today: 'Naar vandaag',
    },
  },
  en: {
    sentence: {
      choose: 'Which site comes under care?',
      plugin: (site) => `Now put the plugin on ${site}.`,
      pair: (site) => `Type the pairing code of ${site}.`,
      working: (site) => `The first backup of ${site} is being made.`,
      failed: (site) => `${site} is not safe yet: something went wrong.`,
      safe: (site) => `${site} is safe.`,
    },
    below: {
      choose: 'Five minutes of work; you can leave at any moment and go on later.',
      plugin: 'That happens in WordPress itself. This page notices by itself when it worked.',
      pair: 'The plugin was seen. By the code we know of each other who we are.',
      working: 'This goes on by itself, also when you leave.',
      failed: 'Below is what it is, and what you can do.',
    },
    safeSince: 'Since',
    progressLabel: 'How far this site is',
    steps: {
      address: 'Address',
      plugin: 'Plugin',
      pair: 'Pairing',
      inventory: 'Inventory',
      measure: 'Measuring',
      backup: 'First backup',
    },
    unfinished: {
      title: 'Not finished yet',
      goOn: 'Go on',
      at: {
        plugin: 'waits for the plugin',
        pair: 'waits for the code',
        inventory: 'inventory failed',
        measure: 'being measured',
        backup: 'first backup',
      },
    },
    form: {
      title: 'The site',
      customer: 'Customer',
      chooseCustomer: 'Choose a customer',
      newCustomer: 'New customer',
      customerName: 'Name of the customer',
      customerEmail: 'Email of the customer',
      customerEmailHint: 'For an invitation later; nothing is sent now.',
      address: 'Address of the site',
      addressHint: 'The home page, such as bakery.com',
      plan: 'How often a backup',
      daily: 'Every night',
      dailyHint: 'Part of the contract.',
      hourly: 'Every hour',
      hourlyHint: 'For shops: at most an hour of work lost. Only what changed is fetched.',
      submit: 'Add the site',
    },
    look: {
      title: 'What we see at this address',
      looking: 'We are having a look at this address.',
      use: (address) => `Use ${address}`,
      open: 'Open the site',
      again: 'Look again',
      wrong: 'This site cannot be added like this.',
    },
    plugin: {
      title: 'The plugin, in three steps',
      download: 'Download the plugin',
      downloadHint: 'A zip file. Do not unpack it.',
      install: 'Put it into WordPress',
      installHint:
        'Plugins > Add New Plugin > Upload Plugin. Choose the zip file, press Install Now and then Activate Plugin.',
      openInstall: 'Open Upload Plugin',
      code: 'Make a pairing code',
      codeHint: 'Settings > Nachtwacht > Make a pairing code. The code is valid for 15 minutes.',
      openSettings: 'Open Settings > Nachtwacht',
      seen: 'The plugin is there. Type the code below.',
      paired: 'The plugin is there, but paired already. Unpair it in WordPress and make a new code.',
      waiting: 'The plugin is not there yet; we look every few seconds.',
      opensNewWindow: 'opens in a new window',
    },
    pair: {
      title: 'The pairing code',
      code: 'Code',
      hint: 'Twenty letters and digits. Dashes, spaces and small letters are fine.',
      front: 'A password stands before the site',
      frontHint: 'Only for sites that are still behind an extra password (basic auth).',
      user: 'User name of that front',
      password: 'Password of that front',
      submit: 'Pair',
    },
    work: {
      title: 'What happens now',
      leave: 'You can leave. The site appears on Today as soon as it is done.',
      retry: 'Try again',
      inventory: (plugins, themes, version) => `WordPress ${version}, ${plugins} plugins and ${themes} themes.`,
      size: (total, limit) => `${total} of the ${limit} that belong to the contract.`,
      near: 'That is near the limit; talk to the customer about it.',
      tooLarge: 'That is more than the contract allows: make a quote. The backup goes on all the same.',
      waiting: 'Begins as soon as there is room.',
      files: (done, total, bytes) =>
        `${done}${total === undefined ? '' : ` of ${total}`} files${bytes === undefined ? '' : `, ${bytes}`}`,
      incomplete: 'There is a backup, but something is missing from it.',
      backup: (files, rows, bytes) => `${files} files and ${rows} rows, ${bytes} together.`,
    },
    done: {
      title: 'From now on',
      made: (files, rows, bytes) => `The first backup has ${files} files and ${rows} rows, ${bytes} together.`,
      next: 'Nachtwacht makes the next ones by itself, reads them back, and warns when one does not come.',
      key: 'One more thing: keep the password of these backups outside Nachtwacht.',
      keyLink: 'To the keys',
      toSite: (site) => `To ${site}`,
      another: 'And another site',
      today: 'To today',
    },
  },
});
