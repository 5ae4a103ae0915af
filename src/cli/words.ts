import { defineWords } from '../platform/words.ts';
import type { ExitName } from './exit-codes.ts';

/** Everything the command line says besides what capabilities bring in their own words. */
export interface CliWords {
  about: string;
  titles: Record<string, string>;
  options: {
    json: string;
    lang: string;
    url: string;
    token: string;
    roles: string;
    settings: string;
    email: string;
    customer: string;
    plan: string;
    limit: string;
    allowHttp: string;
    code: string;
    basicAuthFile: string;
    force: string;
    takeOver: string;
    removedToo: string;
    open: string;
    all: string;
    scope: string;
    days: string;
    forever: string;
    auditWho: string;
    auditWhat: string;
    auditSite: string;
    auditText: string;
    auditFrom: string;
    auditTo: string;
    auditHouse: string;
    limitRows: string;
    out: string;
    noWait: string;
    version: string;
    help: string;
  };
  commands: Record<
    | 'serve'
    | 'worker'
    | 'watch'
    | 'migrate'
    | 'doctor'
    | 'firstLink'
    | 'operator'
    | 'operatorResetLink'
    | 'keys'
    | 'keysRotate'
    | 'customer'
    | 'customerAdd'
    | 'customerList'
    | 'site'
    | 'siteAdd'
    | 'siteList'
    | 'siteShow'
    | 'siteChange'
    | 'sitePair'
    | 'siteUnpair'
    | 'siteRemove'
    | 'siteMeasure'
    | 'siteCheck'
    | 'duties'
    | 'alarms'
    | 'run'
    | 'runList'
    | 'runWatch'
    | 'runCancel'
    | 'token'
    | 'tokenCreate'
    | 'tokenList'
    | 'tokenRevoke'
    | 'audit'
    | 'connector'
    | 'connectorBuild'
    | 'help',
    string
  >;
  exitCodes: Record<ExitName, string>;
  exitCodesTitle: string;
  head: Record<
    | 'id'
    | 'name'
    | 'email'
    | 'site'
    | 'customer'
    | 'plan'
    | 'paired'
    | 'size'
    | 'due'
    | 'duty'
    | 'state'
    | 'alarm'
    | 'since'
    | 'times'
    | 'work'
    | 'subject'
    | 'started'
    | 'scope'
    | 'made'
    | 'used'
    | 'expires'
    | 'when'
    | 'who'
    | 'what',
    string
  >;
  none: string;
  never: string;
  notPaired: string;
  notMeasured: string;
  yes: string;
  no: string;
  plan: Record<'daily' | 'hourly', string>;
  dutyState: Record<'open' | 'kept' | 'late' | 'missed' | 'withdrawn' | 'overdue', string>;
  runState: Record<'queued' | 'running' | 'done' | 'failed' | 'cancelled', string>;
  said: {
    customerAdded: (name: string) => string;
    siteAdded: (url: string) => string;
    pairNext: (host: string) => string;
    siteChanged: (url: string) => string;
    sitePaired: (url: string, version: string) => string;
    siteUnpaired: (url: string) => string;
    siteKeepsKey: string;
    siteRemoved: (url: string) => string;
    siteWell: (url: string, plugin: string, php: string) => string;
    tokenSecret: string;
    tokenRevoked: (name: string) => string;
    zipWritten: (file: string, size: string) => string;
    runStarted: (id: string) => string;
    runJoined: (id: string) => string;
    runGoesOn: (id: string) => string;
    runStopping: string;
    runOver: string;
    nothingOpen: string;
    nothingStands: string;
    noSites: string;
    askCode: string;
    connectionLost: string;
  };
  progress: {
    waiting: string;
    files: string;
    rows: string;
    left: (time: string) => string;
    retry: (attempt: number) => string;
  };
  fields: Record<
    | 'site'
    | 'customer'
    | 'plan'
    | 'paired'
    | 'lastContact'
    | 'wordpress'
    | 'multisite'
    | 'size'
    | 'files'
    | 'database'
    | 'php'
    | 'server'
    | 'plugins'
    | 'themes'
    | 'removed',
    string
  >;
  errors: {
    unreachable: (url: string) => [message: string, nextStep: string];
    noPlatform: (folder: string) => [message: string, nextStep: string];
    cancelled: [message: string, nextStep: string];
    usage: string;
    fileUnreadable: (file: string) => [message: string, nextStep: string];
    noCode: [message: string, nextStep: string];
  };
  error: string;
  nextStep: string;
}

export const cliWords = defineWords<CliWords>({
  nl: {
    about: 'De nachtwacht over WordPress-sites.',
    titles: { 'Usage:': 'Gebruik:', 'Options:': 'Opties:', 'Commands:': 'Opdrachten:', 'Arguments:': 'Argumenten:' },
    options: {
      json: 'schrijf één JSON-document',
      lang: 'taal: nl of en (anders volgens LANG)',
      url: 'adres van het platform (anders NACHTWACHT_URL, of dat op deze machine)',
      token: 'leest het token uit dit bestand (anders NACHTWACHT_TOKEN, of dat op deze machine)',
      roles: 'wat dit proces doet: web,worker,watch',
      settings: 'toon alle instellingen',
      email: 'e-mailadres',
      customer: 'klant, bij naam of id',
      plan: 'hoe vaak een backup: daily of hourly',
      limit: 'afgesproken grootte in GB (standaard 5)',
      allowHttp: 'sta een site zonder https toe',
      code: 'eenmalige code uit Instellingen > Nachtwacht op de site (- = lees van de invoer)',
      basicAuthFile: 'bestand met gebruiker:wachtwoord voor een site achter een wachtwoord',
      force: 'vergeet de koppeling hier, ook als de site niet bereikbaar is',
      takeOver: 'neem de site weer over nadat onze database is teruggezet',
      removedToo: 'ook sites die niet meer onder onze hoede zijn',
      open: 'alleen wat nog openstaat',
      all: 'ook wat voorbij is',
      scope: 'wat het mag: read, operate of admin',
      days: 'na zoveel dagen is het voorbij (standaard 365)',
      forever: 'het verloopt nooit',
      auditWho: 'wie: deel van een naam of adres',
      auditWhat: 'wat: een of meer soorten daden, zoals backup-requested',
      auditSite: 'op welke site: id of deel van het adres',
      auditText: 'woorden die er allemaal in staan',
      auditFrom: 'vanaf deze dag of dit moment (2026-08-31)',
      auditTo: 'tot deze dag of dit moment, die zelf niet',
      auditHouse: 'ook wat Nachtwacht vanzelf deed',
      limitRows: 'hoogstens zoveel regels (standaard 100)',
      out: 'bestand om te schrijven',
      noWait: 'wacht niet tot het klaar is',
      version: 'toon de versie',
      help: 'toon hulp',
    },
    commands: {
      serve: 'start Nachtwacht',
      worker: 'start alleen een werker bij een Nachtwacht die al draait',
      watch: 'start alleen een wachter bij een Nachtwacht die al draait',
      migrate: 'werk de database bij',
      doctor: 'kijk wat er niet in orde is en wat eraan te doen',
      firstLink: 'maak de link waarmee de eerste beheerder binnenkomt',
      operator: 'mensen, vanaf deze machine',
      operatorResetLink: 'maak een link voor wie zijn wachtwoord, passkeys en codes kwijt is',
      keys: 'sleutels waarmee geheimen bewaard worden',
      keysRotate: 'maak een nieuwe hoofdsleutel en een nieuwe gegevenssleutel',
      customer: 'klanten',
      customerAdd: 'voeg een klant toe',
      customerList: 'toon de klanten',
      site: 'sites',
      siteAdd: 'voeg een site van een klant toe',
      siteList: 'toon de sites',
      siteShow: 'toon alles van een site',
      siteChange: 'wijzig wat voor een site is afgesproken',
      sitePair: 'koppel de site met de code van de plugin',
      siteUnpair: 'ontkoppel de site',
      siteRemove: 'neem de site uit onze hoede; de backups blijven',
      siteMeasure: 'meet de installatie',
      siteCheck: 'vraag de site hoe het gaat',
      duties: 'wat is beloofd, en is het nagekomen?',
      alarms: 'wat er nu alarm geeft',
      run: 'lang werk',
      runList: 'toon het werk',
      runWatch: 'volg werk tot het klaar is',
      runCancel: 'stop werk en zet terug wat half af is',
      token: 'toegang voor programma’s',
      tokenCreate: 'maak een token; het wordt één keer getoond',
      tokenList: 'toon de tokens',
      tokenRevoke: 'trek een token in, bij naam of id',
      audit: 'wie deed wat',
      connector: 'de WordPress-plugin',
      connectorBuild: 'maak de plugin als zip',
      help: 'toon hulp bij een opdracht',
    },
    exitCodes: {
      ok: 'gelukt',
      failed: 'mislukt',
      usage: 'verkeerd gebruik',
      notAllowed: 'mag niet',
      notFound: 'niet gevonden',
      site: 'de site werkte niet mee',
      store: 'de opslag van de backups werkte niet mee',
      conflict: 'botst met iets anders',
      interrupted: 'afgebroken met Ctrl-C; begonnen werk gaat door',
    },
    exitCodesTitle: 'Afsluitcodes:',
    head: {
      id: 'Id',
      name: 'Naam',
      email: 'E-mail',
      site: 'Site',
      customer: 'Klant',
      plan: 'Backup',
      paired: 'Gekoppeld',
      size: 'Grootte',
      due: 'Uiterlijk',
      duty: 'Belofte',
      state: 'Stand',
      alarm: 'Alarm',
      since: 'Sinds',
      times: 'Keren',
      work: 'Werk',
      subject: 'Over',
      started: 'Begonnen',
      scope: 'Mag',
      made: 'Gemaakt',
      used: 'Gebruikt',
      expires: 'Tot',
      when: 'Wanneer',
      who: 'Wie',
      what: 'Wat',
    },
    none: 'geen',
    never: 'nooit',
    notPaired: 'niet gekoppeld',
    notMeasured: 'niet gemeten',
    yes: 'ja',
    no: 'nee',
    plan: { daily: 'elke dag', hourly: 'elk uur' },
    dutyState: {
      open: 'open',
      kept: 'nagekomen',
      late: 'te laat',
      missed: 'gemist',
      withdrawn: 'vervallen',
      overdue: 'OVER TIJD',
    },
    runState: { queued: 'wacht', running: 'bezig', done: 'klaar', failed: 'mislukt', cancelled: 'gestopt' },
    said: {
      customerAdded: (name) => `Klant ${name} is toegevoegd.`,
      siteAdded: (url) => `Site ${url} is toegevoegd.`,
      pairNext: (host) =>
        `Installeer de plugin (nachtwacht connector build), lees de code onder Instellingen > Nachtwacht, dan: nachtwacht site pair ${host} --code CODE`,
      siteChanged: (url) => `Site ${url} is gewijzigd.`,
      sitePaired: (url, version) => `Gekoppeld met ${url} (WordPress ${version}).`,
      siteUnpaired: (url) => `${url} is ontkoppeld.`,
      siteKeepsKey: 'De site zelf kon niet worden bereikt: ontkoppel haar ook op haar instellingenpagina.',
      siteRemoved: (url) => `${url} is uit onze hoede. De backups en de geschiedenis blijven bewaard.`,
      siteWell: (url, plugin, php) => `${url} antwoordt: plugin ${plugin}, PHP ${php}.`,
      tokenSecret: 'Dit token wordt maar één keer getoond:',
      tokenRevoked: (name) => `Token ${name} is ingetrokken.`,
      zipWritten: (file, size) => `${file} (${size})`,
      runStarted: (id) => `Begonnen: ${id}`,
      runJoined: (id) => `Was al bezig: ${id}`,
      runGoesOn: (id) =>
        `Het werk gaat door. Volg het met: nachtwacht run watch ${id} - stop het met: nachtwacht run cancel ${id}`,
      runStopping: 'Het werk stopt en zet terug wat half af is.',
      runOver: 'Het werk was al voorbij.',
      nothingOpen: 'Er staat niets open.',
      nothingStands: 'Er is geen alarm.',
      noSites: 'Er zijn nog geen sites.',
      askCode: 'Code van Instellingen > Nachtwacht op de site: ',
      connectionLost: 'verbinding weg, opnieuw proberen',
    },
    progress: {
      waiting: 'wacht op een werker',
      files: 'bestanden',
      rows: 'rijen',
      left: (time) => `nog ${time}`,
      retry: (attempt) => `poging ${attempt}`,
    },
    fields: {
      site: 'Site',
      customer: 'Klant',
      plan: 'Backup',
      paired: 'Gekoppeld',
      lastContact: 'Laatste contact',
      wordpress: 'WordPress',
      multisite: 'Multisite',
      size: 'Grootte',
      files: 'Bestanden',
      database: 'Database',
      php: 'PHP',
      server: 'Server',
      plugins: 'Plugins',
      themes: 'Thema’s',
      removed: 'Uit onze hoede',
    },
    errors: {
      unreachable: (url) => [
        `Nachtwacht antwoordt niet op ${url}.`,
        'Start het (npm start), of geef het adres met --url.',
      ],
      noPlatform: (folder) => [
        `Er draait geen Nachtwacht op de map ${folder}.`,
        'Start het (npm start), of geef adres en token met NACHTWACHT_URL en NACHTWACHT_TOKEN.',
      ],
      cancelled: ['Het werk is gestopt.', 'Begin het opnieuw als het toch nodig is.'],
      usage: 'Zie: nachtwacht help',
      fileUnreadable: (file) => [`Het bestand ${file} is niet te lezen.`, 'Controleer naam en rechten.'],
      noCode: ['Er is geen code gegeven.', 'Geef --code CODE, of --code - om hem van de invoer te lezen.'],
    },
    error: 'fout',
    nextStep: 'wat te doen',
  },
  en: {
    about: 'The night watch over WordPress sites.',
    titles: {},
    options: {
      json: 'print one JSON document',
      lang: 'language: nl or en (otherwise by LANG)',
      url: 'address of the platform (otherwise NACHTWACHT_URL, or the one on this machine)',
      token: 'reads the token from this file (otherwise NACHTWACHT_TOKEN, or the one on this machine)',
      roles: 'what this process does: web,worker,watch',
      settings: 'show all settings',
      email: 'mail address',
      customer: 'customer, by name or id',
      plan: 'how often a backup: daily or hourly',
      limit: 'agreed size in GB (default 5)',
      allowHttp: 'allow a site without https',
      code: 'one-time code from Settings > Nachtwacht on the site (- = read it from the input)',
      basicAuthFile: 'file with user:password for a site behind a password',
      force: 'forget the pairing here even if the site cannot be reached',
      takeOver: 'take the site over again after our database was put back',
      removedToo: 'sites that left our care too',
      open: 'only what is still open',
      all: 'what is over too',
      scope: 'what it may do: read, operate or admin',
      days: 'it ends after so many days (default 365)',
      forever: 'it never ends',
      auditWho: 'who: part of a name or address',
      auditWhat: 'what: one or more kinds of deeds, such as backup-requested',
      auditSite: 'on which site: id or part of the address',
      auditText: 'words that are all in it',
      auditFrom: 'from this day or moment on (2026-08-31)',
      auditTo: 'up to this day or moment, not including it',
      auditHouse: 'also what Nachtwacht did by itself',
      limitRows: 'at most so many lines (default 100)',
      out: 'file to write',
      noWait: 'do not wait until it is done',
      version: 'show the version',
      help: 'show help',
    },
    commands: {
      serve: 'start Nachtwacht',
      worker: 'start a worker only, beside a Nachtwacht that runs',
      watch: 'start a watcher only, beside a Nachtwacht that runs',
      migrate: 'bring the database up to date',
      doctor: 'look what is wrong and what to do about it',
      firstLink: 'make the link by which the first operator comes in',
      operator: 'people, from this machine',
      operatorResetLink: 'make a link for who lost password, passkeys and codes',
      keys: 'keys that secrets are kept with',
      keysRotate: 'make a new master key and a new data key',
      customer: 'customers',
      customerAdd: 'add a customer',
      customerList: 'show the customers',
      site: 'sites',
      siteAdd: 'add a site of a customer',
      siteList: 'show the sites',
      siteShow: 'show all about a site',
      siteChange: 'change what was agreed for a site',
      sitePair: 'pair the site by the code of its plugin',
      siteUnpair: 'unpair the site',
      siteRemove: 'take the site out of our care; its backups stay',
      siteMeasure: 'measure the installation',
      siteCheck: 'ask the site how it is',
      duties: 'what was promised, and was it kept?',
      alarms: 'what raises an alarm now',
      run: 'long work',
      runList: 'show the work',
      runWatch: 'follow work until it is done',
      runCancel: 'stop work and put back what is half done',
      token: 'access for programs',
      tokenCreate: 'make a token; it is shown once',
      tokenList: 'show the tokens',
      tokenRevoke: 'revoke a token, by name or id',
      audit: 'who did what',
      connector: 'the WordPress plugin',
      connectorBuild: 'make the plugin as a zip',
      help: 'show help for a command',
    },
    exitCodes: {
      ok: 'done',
      failed: 'failed',
      usage: 'wrong usage',
      notAllowed: 'not allowed',
      notFound: 'not found',
      site: 'the site did not do its part',
      store: 'the backup store did not do its part',
      conflict: 'in conflict with something else',
      interrupted: 'broken off by Ctrl-C; work that was started goes on',
    },
    exitCodesTitle: 'Exit codes:',
    head: {
      id: 'Id',
      name: 'Name',
      email: 'Mail',
      site: 'Site',
      customer: 'Customer',
      plan: 'Backup',
      paired: 'Paired',
      size: 'Size',
      due: 'Due',
      duty: 'Promise',
      state: 'State',
      alarm: 'Alarm',
      since: 'Since',
      times: 'Times',
      work: 'Work',
      subject: 'About',
      started: 'Started',
      scope: 'May',
      made: 'Made',
      used: 'Used',
      expires: 'Until',
      when: 'When',
      who: 'Who',
      what: 'What',
    },
    none: 'none',
    never: 'never',
    notPaired: 'not paired',
    notMeasured: 'not measured',
    yes: 'yes',
    no: 'no',
    plan: { daily: 'every day', hourly: 'every hour' },
    dutyState: {
      open: 'open',
      kept: 'kept',
      late: 'late',
      missed: 'missed',
      withdrawn: 'withdrawn',
      overdue: 'OVERDUE',
    },
    runState: { queued: 'waits', running: 'running', done: 'done', failed: 'failed', cancelled: 'stopped' },
    said: {
      customerAdded: (name) => `Customer ${name} was added.`,
      siteAdded: (url) => `Site ${url} was added.`,
      pairNext: (host) =>
        `Install the plugin (nachtwacht connector build), read the code under Settings > Nachtwacht, then: nachtwacht site pair ${host} --code CODE`,
      siteChanged: (url) => `Site ${url} was changed.`,
      sitePaired: (url, version) => `Paired with ${url} (WordPress ${version}).`,
      siteUnpaired: (url) => `${url} is unpaired.`,
      siteKeepsKey: 'The site itself could not be reached: disconnect it on its own settings page too.',
      siteRemoved: (url) => `${url} left our care. Its backups and history stay.`,
      siteWell: (url, plugin, php) => `${url} answers: plugin ${plugin}, PHP ${php}.`,
      tokenSecret: 'This token is shown only once:',
      tokenRevoked: (name) => `Token ${name} was revoked.`,
      zipWritten: (file, size) => `${file} (${size})`,
      runStarted: (id) => `Started: ${id}`,
      runJoined: (id) => `Was under way already: ${id}`,
      runGoesOn: (id) =>
        `The work goes on. Follow it with: nachtwacht run watch ${id} - stop it with: nachtwacht run cancel ${id}`,
      runStopping: 'The work stops and puts back what is half done.',
      runOver: 'The work was over already.',
      nothingOpen: 'Nothing is open.',
      nothingStands: 'No alarm stands.',
      noSites: 'There are no sites yet.',
      askCode: 'Code from Settings > Nachtwacht on the site: ',
      connectionLost: 'connection lost, trying again',
    },
    progress: {
      waiting: 'waits for a worker',
      files: 'files',
      rows: 'rows',
      left: (time) => `${time} left`,
      retry: (attempt) => `attempt ${attempt}`,
    },
    fields: {
      site: 'Site',
      customer: 'Customer',
      plan: 'Backup',
      paired: 'Paired',
      lastContact: 'Last contact',
      wordpress: 'WordPress',
      multisite: 'Multisite',
      size: 'Size',
      files: 'Files',
      database: 'Database',
      php: 'PHP',
      server: 'Server',
      plugins: 'Plugins',
      themes: 'Themes',
      removed: 'Left our care',
    },
    errors: {
      unreachable: (url) => [
        `Nachtwacht does not answer at ${url}.`,
        'Start it (npm start), or give its address with --url.',
      ],
      noPlatform: (folder) => [
        `No Nachtwacht runs on the folder ${folder}.`,
        'Start it (npm start), or give address and token with NACHTWACHT_URL and NACHTWACHT_TOKEN.',
      ],
      cancelled: ['The work was stopped.', 'Start it again when it is wanted after all.'],
      usage: 'See: nachtwacht help',
      fileUnreadable: (file) => [`The file ${file} cannot be read.`, 'Check its name and rights.'],
      noCode: ['No code was given.', 'Give --code CODE, or --code - to read it from the input.'],
    },
    error: 'error',
    nextStep: 'what to do',
  },
});
