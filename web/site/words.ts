import { defineWords } from '../../src/platform/words.ts';

type Counted = (count: string, isOne: boolean) => string;

export interface SiteWords {
  sites: string;
  lead: {
    ofLimit: (total: string, limit: string) => string;
    notMeasured: string;
    notPaired: string;
    removed: string;
    next: (when: string) => string;
  };
  backUpNow: string;
  backUpAsked: string;
  backUpJoined: string;
  restore: string;
  work: {
    label: string;
    saga: Record<string, string>;
    step: Record<string, string>;
    queued: string;
    attempt: (nth: string) => string;
    files: (done: string, total: string | undefined) => string;
    rows: (done: string, total: string | undefined) => string;
    stop: string;
    stopTitle: string;
    stopText: string;
    stopped: string;
    done: (saga: string) => string;
    failed: (saga: string) => string;
    leave: string;
    detail: Record<string, string>;
  };
  line: {
    title: string;
    note: (count: string, oldest: string) => string;
    one: string;
    none: string;
    noneText: string;
    notPairedText: string;
    whyTitle: string;
    slider: string;
    howTo: string;
    unit: Record<'moment' | 'hour' | 'day' | 'week' | 'month', string>;
    zoomIn: (count: string) => string;
    zoomOut: string;
    now: string;
    find: string;
    findHint: string;
    marks: {
      good: string;
      incomplete: string;
      wrong: string;
      failed: string;
      gap: string;
      held: string;
      chosen: string;
    };
    valueText: (facts: { moment: string; reason: string; size: string; nth: string; of: string }) => string;
    bucketText: (facts: { when: string; count: string; chosen: string }) => string;
    incompleteText: string;
    wrongText: string;
    heldText: string;
    failedText: Counted;
    gapText: string;
    failedSince: Counted;
    gapSince: (since: string) => string;
  };
  moment: {
    newest: string;
    size: (files: string, bytes: string, tables: string, rows: string) => string;
    cost: (fresh: string, stored: string, moved: string, took: string) => string;
    keep: string;
    leaves: string;
    hold: string;
    release: string;
    held: string;
    released: string;
    readBack: {
      trial: (when: string) => string;
      trialBad: (when: string) => string;
      structure: (when: string) => string;
      structureBad: (when: string) => string;
      slice: (part: string, of: string, when: string) => string;
      sliceBad: (part: string, of: string, when: string) => string;
      never: string;
    };
    incomplete: string;
    wrong: (since: string) => string;
    notConsistent: string;
    goBack: string;
    part: string;
    download: string;
    trial: string;
    trialAsked: string;
    older: string;
    newer: string;
    skipped: string;
    report: {
      title: string;
      none: string;
      count: Counted;
      path: string;
      why: string;
      shown: (shown: string, total: string) => string;
      changed: Counted;
      noDatabase: (why: string) => string;
      notConsistent: (why: string) => string;
    };
  };
  changes: {
    label: string;
    sinceTab: string;
    beforeTab: string;
    first: string;
    isNewest: string;
    equal: string;
    added: Counted;
    noFiles: string;
    changed: Counted;
    removed: Counted;
    since: string;
    before: (when: string) => string;
    rowsMore: Counted;
    rowsLess: Counted;
    rowsOther: string;
    tableNew: (rows: string) => string;
    tableGone: string;
    moreTables: Counted;
    unfold: string;
    fold: string;
    files: string;
    tables: string;
    search: string;
    kinds: Record<'all' | 'added' | 'changed' | 'removed', string>;
    kind: string;
    path: string;
    sizeBefore: string;
    after: string;
    noneFound: string;
    table: string;
    rowsBefore: string;
    rowsAfter: string;
  };
  strip: { title: string; day: string; quarter: string; label: string };
  size: {
    title: string;
    of: (share: string) => string;
    chart: (from: string, to: string, first: string, last: string) => string;
    files: string;
    database: string;
    limit: string;
    table: string;
    list: string;
    picture: string;
    when: string;
    total: string;
    heaviest: string;
    heaviestNote: (when: string) => string;
    part: string;
    bytes: string;
    share: string;
    count: string;
    kinds: Record<'core' | 'plugin' | 'theme' | 'uploads' | 'folder' | 'table', string>;
    filesCount: Counted;
    rowsCount: Counted;
    more: string;
    less: string;
    none: string;
    measure: string;
    measured: string;
  };
  inventory: {
    title: string;
    asked: (when: string) => string;
    none: string;
    noneText: string;
    search: string;
    name: string;
    version: string;
    state: string;
    kinds: Record<string, string>;
    active: string;
    inactive: string;
    mustUse: string;
    dropIn: string;
    current: string;
    parent: string;
    multisite: string;
    update: (version: string) => string;
    notFound: string;
    list: string;
    host: string;
    hostNote: string;
    hostNone: string;
    unusual: string;
    facts: Record<string, string>;
  };
  history: {
    title: string;
    tabs: { work: string; restores: string; verifications: string; audit: string };
    when: string;
    what: string;
    by: string;
    state: string;
    took: string;
    to: string;
    of: string;
    older: string;
    newest: string;
    noWork: string;
    noRestores: string;
    noVerifications: string;
    noAudit: string;
    auditRefused: string;
    states: Record<'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'reverted', string>;
    verification: { structure: string; slice: (part: string, of: string) => string; 'trial-restore': string };
    good: string;
    bad: string;
    undo: string;
    undoneBy: string;
    undoTitle: string;
    undoText: (when: string) => string;
    undoAsked: string;
    isUndo: string;
    whole: string;
    onlyFiles: string;
    onlyDatabase: string;
    targets: Record<'site' | 'folder' | 'download', string>;
    system: string;
  };
  settings: {
    title: string;
    next: (when: string) => string;
    pause: string;
    pauseHint: string;
    plan: string;
    plans: { daily: string; hourly: string };
    rule: string;
    ownRule: string;
    houseRule: string;
    change: string;
    back: string;
    hourly: string;
    daily: string;
    monthly: string;
    beforeChangeDays: string;
    save: string;
    saved: string;
    excludes: string;
    excludesHint: string;
    houseExcludes: string;
    onlyOperator: string;
    pattern: string;
    why: string;
  };
  notFound: { title: string; text: string; action: string };
}

export const siteWords = defineWords<SiteWords>({
  nl: {
    sites: 'Sites',
    lead: {
      ofLimit: (total, limit) => `${total} van ${limit}`,
      notMeasured: 'nog niet gemeten',
      notPaired: 'nog niet gekoppeld',
      removed: 'niet meer in beheer; de backups blijven',
      next: (when) => `volgende backup ${when}`,
    },
    backUpNow: 'Nu backuppen',
    backUpAsked: 'De backup begint.',
    backUpJoined: 'Er liep al een backup; die volg je nu.',
    restore: 'Terugzetten…',
    work: {
      label: 'Stappen van het werk',
      saga: {
        'backup-site': 'backup',
        'restore-site': 'terugzetten',
        'restore-folder': 'terugzetten in een map',
        'trial-restore': 'proef met terugzetten',
        'verify-slice': 'teruglezen van backups',
        'tidy-repository': 'opruimen van backups',
        'measure-site': 'meten',
      },
      step: {
        connect: 'Contact',
        database: 'Database',
        files: 'Bestanden',
        store: 'Opslaan',
        check: 'Controleren',
        present: 'Nu bewaren',
        'stage-files': 'Bestanden klaarzetten',
        'load-tables': 'Tabellen klaarzetten',
        swap: 'Wisselen',
        verify: 'Nakijken',
        tables: 'Tabellen',
        record: 'Oordeel',
        prepare: 'Voorbereiden',
        write: 'Schrijven',
        forget: 'Bewaartermijnen',
        prune: 'Opruimen',
        inventory: 'Inventaris',
        'read-back': 'Teruglezen',
      },
      queued: 'wacht op zijn beurt',
      attempt: (nth) => `poging ${nth}`,
      files: (done, total) => (total === undefined ? `${done} bestanden` : `${done} van ${total} bestanden`),
      rows: (done, total) => (total === undefined ? `${done} rijen` : `${done} van ${total} rijen`),
      stop: 'Stoppen',
      stopTitle: 'Dit werk stoppen?',
      stopText: 'Wat half klaar is, wordt netjes teruggedraaid. Wat al opgeslagen is, blijft voor de volgende keer.',
      stopped: 'Het werk stopt.',
      done: (saga) => `Klaar: ${saga}.`,
      failed: (saga) => `Mislukt: ${saga}.`,
      leave: 'Je kunt deze pagina gewoon verlaten: het werk gaat door.',
      detail: {
        walk: 'opvragen',
        compare: 'vergelijken',
        fetch: 'ophalen',
        'database-tables': 'tabellen opvragen',
        'database-sums': 'vergelijken',
        'database-changes': 'wijzigingen ophalen',
        'database-rows': 'rijen ophalen',
        revert: 'alles terugdraaien',
      },
    },
    line: {
      title: 'Momenten om naar terug te gaan',
      note: (count, oldest) => `${count} momenten, het oudste ${oldest}`,
      one: 'één moment',
      none: 'Er is nog geen moment om naar terug te gaan.',
      noneText: 'De eerste backup leest de hele site; daarna gaat alleen over de lijn wat veranderd is.',
      notPairedText: 'Koppel de site eerst met de plugin; daarna begint de eerste backup.',
      whyTitle: 'waarom blijven deze?',
      slider: 'Moment om naar terug te gaan',
      howTo:
        'Pijltjes: een moment verder of terug. Page Up en Page Down: tien. Home en End: het oudste en het nieuwste. Enter: dichterbij.',
      unit: { moment: 'elk een backup', hour: 'per uur', day: 'per dag', week: 'per week', month: 'per maand' },
      zoomIn: (count) => `Bekijk deze ${count} momenten`,
      zoomOut: 'Terug naar de hele lijn',
      now: 'nu',
      find: 'Zoek een dag en tijd',
      findHint: 'Het moment dat er het dichtst bij ligt.',
      marks: {
        good: 'backup',
        incomplete: 'onvolledig',
        wrong: 'beschadigd',
        failed: 'mislukt',
        gap: 'geen backup',
        held: 'apart gezet',
        chosen: 'gekozen',
      },
      valueText: ({ moment, reason, size, nth, of }) => `${moment}, ${reason}, ${size}; ${nth} van ${of}`,
      bucketText: ({ when, count, chosen }) => `${when}: ${count} momenten, gekozen ${chosen}`,
      incompleteText: 'onvolledig',
      wrongText: 'beschadigd',
      heldText: 'apart gezet',
      failedText: (count, isOne) => (isOne ? 'hiervoor mislukte 1 backup' : `hiervoor mislukten ${count} backups`),
      gapText: 'hiervoor ontbreekt een stuk',
      failedSince: (count, isOne) => (isOne ? 'Daarna mislukte 1 backup.' : `Daarna mislukten ${count} backups.`),
      gapSince: (since) => `Sinds ${since} kwam er geen goede backup meer bij.`,
    },
    moment: {
      newest: 'het nieuwste',
      size: (files, bytes, tables, rows) => `${files} bestanden, ${bytes}; ${rows} rijen in ${tables} tabellen`,
      cost: (fresh, stored, moved, took) => `${fresh} nieuw, ${stored} opgeslagen, ${moved} over de lijn, ${took}`,
      keep: 'Blijft omdat',
      leaves: 'Verdwijnt bij het opruimen:',
      hold: 'Apart zetten',
      release: 'Niet meer apart',
      held: 'Apart gezet: dit moment gaat nooit vanzelf weg.',
      released: 'Dit moment valt weer onder de bewaartermijn.',
      readBack: {
        trial: (when) => `Op proef teruggezet en gelijk bevonden: ${when} (bestanden en database)`,
        trialBad: (when) => `Op proef terugzetten lukte niet: ${when}`,
        structure: (when) => `Opbouw nagekeken en goed bevonden: ${when}`,
        structureBad: (when) => `Opbouw klopte niet: ${when}`,
        slice: (part, of, when) => `Deel ${part} van ${of} van alle backups teruggelezen en goed bevonden: ${when}`,
        sliceBad: (part, of, when) =>
          `Deel ${part} van ${of} van alle backups was bij het teruglezen niet goed: ${when}`,
        never: 'Nog niet teruggelezen.',
      },
      incomplete: 'Dit moment is niet heel:',
      wrong: (since) => `Beschadigd gevonden bij het nakijken, ${since}. Kies liever een ander.`,
      notConsistent: 'De database veranderde tijdens het lezen: tabellen kunnen enkele seconden verschillen.',
      goBack: 'Terug naar dit moment…',
      part: 'Alleen een deel…',
      download: 'Downloaden',
      trial: 'Op proef terugzetten',
      trialAsked: 'De proef begint, naast alles wat draait.',
      older: 'Ouder',
      newer: 'Nieuwer',
      skipped: 'wat is overgeslagen?',
      report: {
        title: 'Wat is overgeslagen, en waarom',
        none: 'Niets: alles wat er was, zit erin.',
        count: (count, isOne) => (isOne ? '1 pad overgeslagen.' : `${count} paden overgeslagen.`),
        path: 'Pad of tabel',
        why: 'Waarom',
        shown: (shown, total) => `De eerste ${shown} van ${total}.`,
        changed: (count, isOne) =>
          isOne
            ? '1 bestand veranderde terwijl het werd gelezen; bewaard zoals het laatst gelezen is.'
            : `${count} bestanden veranderden terwijl ze werden gelezen; bewaard zoals ze laatst gelezen zijn.`,
        noDatabase: (why) => `De database zit er niet in: ${why}.`,
        notConsistent: (why) => `De database is niet van één moment: ${why.replace(/\.$/u, '')}.`,
      },
    },
    changes: {
      label: 'Wat veranderde',
      sinceTab: 'Sindsdien',
      beforeTab: 'Tegenover het vorige',
      first: 'Dit is het eerste moment: er is niets ervoor.',
      isNewest: 'Dit is het nieuwste moment. Wat er daarna veranderde, zie je na de volgende backup.',
      equal: 'Er veranderde niets.',
      noFiles: 'Geen bestand veranderde',
      added: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'} erbij`,
      changed: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'} gewijzigd`,
      removed: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'} weg`,
      since: 'tot het nieuwste moment',
      before: (when) => `sinds ${when}`,
      rowsMore: (count, isOne) => `${count} ${isOne ? 'rij' : 'rijen'}`,
      rowsLess: (count, isOne) => `${count} ${isOne ? 'rij' : 'rijen'}`,
      rowsOther: 'rijen gewijzigd',
      tableNew: (rows) => `nieuwe tabel met ${rows} rijen`,
      tableGone: 'tabel weg',
      moreTables: (count, isOne) => (isOne ? 'en nog 1 tabel' : `en nog ${count} tabellen`),
      unfold: 'Bekijk alle bestanden en tabellen',
      fold: 'Verberg de lijst',
      files: 'Bestanden',
      tables: 'Tabellen',
      search: 'Zoek in de paden',
      kinds: { all: 'Alle', added: 'Erbij', changed: 'Gewijzigd', removed: 'Weg' },
      kind: 'Wat',
      path: 'Pad',
      sizeBefore: 'Was',
      after: 'Werd',
      noneFound: 'Geen bestand dat zo heet.',
      table: 'Tabel',
      rowsBefore: 'Rijen eerst',
      rowsAfter: 'Rijen daarna',
    },
    strip: { title: 'De wacht', day: '24 uur', quarter: '90 dagen', label: 'Hoe ver terug' },
    size: {
      title: 'Omvang',
      of: (share) => `${share} van wat het contract toelaat`,
      chart: (from, to, first, last) => `Omvang van ${from} tot ${to}: van ${first} naar ${last}.`,
      files: 'Bestanden',
      database: 'Database',
      limit: 'grens van het contract',
      table: 'Als tabel',
      list: 'Omvang per moment',
      picture: 'Als lijn',
      when: 'Moment',
      total: 'Samen',
      heaviest: 'Wat het meeste weegt',
      heaviestNote: (when) => `in de backup van ${when}`,
      part: 'Deel',
      bytes: 'Omvang',
      share: 'Aandeel',
      count: 'Aantal',
      kinds: {
        core: 'WordPress zelf',
        plugin: 'plugin',
        theme: 'thema',
        uploads: 'uploads',
        folder: 'map',
        table: 'tabel',
      },
      filesCount: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'}`,
      rowsCount: (count, isOne) => `${count} ${isOne ? 'rij' : 'rijen'}`,
      more: 'Alles tonen',
      less: 'Minder tonen',
      none: 'Na de eerste backup staat hier hoe groot de site is en wat het meeste weegt.',
      measure: 'Nu meten',
      measured: 'Het meten begint.',
    },
    inventory: {
      title: 'Wat erop staat',
      asked: (when) => `gevraagd ${when}`,
      none: 'Nog niet gevraagd.',
      noneText: 'Bij de eerste backup vraagt Nachtwacht de site wat erop staat.',
      search: 'Zoek een plugin of thema',
      name: 'Naam',
      version: 'Versie',
      state: 'Staat',
      kinds: {
        core: 'WordPress',
        plugin: 'Plugin',
        'mu-plugin': 'Vaste plugin',
        'drop-in': 'Drop-in',
        theme: 'Thema',
        php: 'PHP',
        database: 'Database',
        server: 'Server',
      },
      active: 'actief',
      inactive: 'niet actief',
      mustUse: 'altijd actief',
      dropIn: 'vervangt een deel van WordPress',
      current: 'in gebruik',
      parent: 'onder het thema in gebruik',
      multisite: 'netwerk',
      update: (version) => `${version} beschikbaar`,
      notFound: 'Niets gevonden dat zo heet.',
      list: 'Onderdelen met hun versies',
      host: 'Grenzen van de host',
      hostNote: 'door de koppeling zelf geleerd',
      hostNone: 'Na het eerste contact staat hier wat deze host toelaat.',
      unusual: 'ongewoon',
      facts: {
        'max-execution-time': 'Langste PHP-verzoek',
        'memory-limit': 'Geheugen van PHP',
        'post-max-size': 'Grootste POST',
        'upload-max-filesize': 'Grootste upload',
      },
    },
    history: {
      title: 'Geschiedenis',
      tabs: { work: 'Werk', restores: 'Teruggezet', verifications: 'Nagelezen', audit: 'Wie deed wat' },
      when: 'Wanneer',
      what: 'Wat',
      by: 'Door',
      state: 'Uitkomst',
      took: 'Duur',
      to: 'Naar',
      of: 'Wat',
      older: 'Ouder',
      newest: 'Naar het nieuwste',
      noWork: 'Er is nog geen werk gedaan.',
      noRestores: 'Er is nog nooit iets teruggezet.',
      noVerifications: 'Er is nog niets nagelezen.',
      noAudit: 'Er is nog niets gebeurd.',
      auditRefused: 'Wie wat deed, is voor de beheerder.',
      states: {
        queued: 'wacht',
        running: 'bezig',
        done: 'gelukt',
        failed: 'mislukt',
        cancelled: 'gestopt',
        reverted: 'mislukt, alles teruggedraaid',
      },
      verification: {
        structure: 'Opbouw nagekeken',
        slice: (part, of) => `Deel ${part} van ${of} teruggelezen`,
        'trial-restore': 'Op proef teruggezet',
      },
      good: 'goed bevonden',
      bad: 'niet goed',
      undo: 'Ongedaan maken…',
      undoneBy: 'ongedaan gemaakt',
      undoTitle: 'Dit terugzetten ongedaan maken?',
      undoText: (when) =>
        `De site gaat terug naar hoe hij was vlak vóór ${when}. Ook hiervan wordt eerst de staat van nu bewaard.`,
      undoAsked: 'Het ongedaan maken begint.',
      isUndo: 'ongedaan maken',
      whole: 'de hele site',
      onlyFiles: 'bestanden',
      onlyDatabase: 'database',
      targets: { site: 'op de site', folder: 'in een map', download: 'als download' },
      system: 'Nachtwacht zelf',
    },
    settings: {
      title: 'Backups van deze site',
      next: (when) => `De volgende begint ${when}.`,
      pause: 'Backups pauzeren',
      pauseHint: 'Er begint vanzelf geen backup meer, en de belofte van de backup wordt niet nagekomen.',
      plan: 'Hoe vaak',
      plans: { daily: 'Elke nacht', hourly: 'Elk uur' },
      rule: 'Wat we bewaren',
      ownRule: 'eigen regel van deze site',
      houseRule: 'zoals bij alle sites',
      change: 'Regel aanpassen',
      back: 'Terug naar de regel van het huis',
      hourly: 'Uren dat elk uur blijft',
      daily: 'Dagen waarvan de laatste blijft',
      monthly: 'Maanden waarvan de laatste blijft',
      beforeChangeDays: 'Dagen dat een backup met de hand of vóór een wijziging blijft',
      save: 'Bewaren',
      saved: 'Bewaard.',
      excludes: 'Overslaan',
      excludesHint: 'Eén pad per regel, vanaf de map van WordPress; * staat voor één willekeurige naam.',
      houseExcludes: 'Wat we overal overslaan',
      onlyOperator: 'Alleen de beheerder kan dit veranderen.',
      pattern: 'Pad',
      why: 'Waarom',
    },
    notFound: {
      title: 'Deze site kennen we niet.',
      text: 'Het adres klopt niet, of de site is uit het overzicht gehaald.',
      action: 'Naar alle sites',
    },
  },
  en: {
    sites: 'Sites',
    lead: {
      ofLimit: (total, limit) => `${total} of ${limit}`,
      notMeasured: 'not measured yet',
      notPaired: 'not paired yet',
      removed: 'no longer in care; the backups stay',
      next: (when) => `next backup ${when}`,
    },
    backUpNow: 'Back up now',
    backUpAsked: 'The backup begins.',
    backUpJoined: 'A backup was running already; you follow that one now.',
    restore: 'Restore…',
    work: {
      label: 'Steps of the work',
      saga: {
        'backup-site': 'backup',
        'restore-site': 'restore',
        'restore-folder': 'restore into a folder',
        'trial-restore': 'trial restore',
        'verify-slice': 'reading backups back',
        'tidy-repository': 'tidying backups',
        'measure-site': 'measuring',
      },
      step: {
        connect: 'Contact',
        database: 'Database',
        files: 'Files',
        store: 'Storing',
        check: 'Checking',
        present: 'Keeping the present',
        'stage-files': 'Staging files',
        'load-tables': 'Staging tables',
        swap: 'Swapping',
        verify: 'Looking it over',
        tables: 'Tables',
        record: 'Verdict',
        prepare: 'Preparing',
        write: 'Writing',
        forget: 'Retention',
        prune: 'Tidying',
        inventory: 'Inventory',
        'read-back': 'Reading back',
      },
      queued: 'waits for its turn',
      attempt: (nth) => `attempt ${nth}`,
      files: (done, total) => (total === undefined ? `${done} files` : `${done} of ${total} files`),
      rows: (done, total) => (total === undefined ? `${done} rows` : `${done} of ${total} rows`),
      stop: 'Stop',
      stopTitle: 'Stop this work?',
      stopText: 'What is half done is put back neatly. What was stored already stays for the next time.',
      stopped: 'The work stops.',
      done: (saga) => `Done: ${saga}.`,
      failed: (saga) => `Failed: ${saga}.`,
      leave: 'You can simply leave this page: the work goes on.',
      detail: {
        walk: 'asking',
        compare: 'comparing',
        fetch: 'fetching',
        'database-tables': 'asking for tables',
        'database-sums': 'comparing',
        'database-changes': 'fetching changes',
        'database-rows': 'fetching rows',
        revert: 'putting everything back',
      },
    },
    line: {
      title: 'Moments to go back to',
      note: (count, oldest) => `${count} moments, the oldest ${oldest}`,
      one: 'one moment',
      none: 'There is no moment to go back to yet.',
      noneText: 'The first backup reads the whole site; after it only what changed goes over the line.',
      notPairedText: 'Pair the site with the plugin first; then the first backup begins.',
      whyTitle: 'why do these stay?',
      slider: 'Moment to go back to',
      howTo:
        'Arrow keys: one moment on or back. Page Up and Page Down: ten. Home and End: the oldest and the newest. Enter: closer.',
      unit: { moment: 'each a backup', hour: 'by hour', day: 'by day', week: 'by week', month: 'by month' },
      zoomIn: (count) => `Look at these ${count} moments`,
      zoomOut: 'Back to the whole line',
      now: 'now',
      find: 'Find a day and time',
      findHint: 'The moment nearest to it.',
      marks: {
        good: 'backup',
        incomplete: 'incomplete',
        wrong: 'damaged',
        failed: 'failed',
        gap: 'no backup',
        held: 'set aside',
        chosen: 'chosen',
      },
      valueText: ({ moment, reason, size, nth, of }) => `${moment}, ${reason}, ${size}; ${nth} of ${of}`,
      bucketText: ({ when, count, chosen }) => `${when}: ${count} moments, chosen ${chosen}`,
      incompleteText: 'incomplete',
      wrongText: 'damaged',
      heldText: 'set aside',
      failedText: (count, isOne) => (isOne ? '1 backup failed before it' : `${count} backups failed before it`),
      gapText: 'a stretch is missing before it',
      failedSince: (count, isOne) => (isOne ? '1 backup failed after it.' : `${count} backups failed after it.`),
      gapSince: (since) => `No good backup has come since ${since}.`,
    },
    moment: {
      newest: 'the newest',
      size: (files, bytes, tables, rows) => `${files} files, ${bytes}; ${rows} rows in ${tables} tables`,
      cost: (fresh, stored, moved, took) => `${fresh} new, ${stored} stored, ${moved} over the line, ${took}`,
      keep: 'Stays because it is',
      leaves: 'Goes at the next tidying:',
      hold: 'Set aside',
      release: 'No longer aside',
      held: 'Set aside: this moment never goes by itself.',
      released: 'Retention decides about this moment again.',
      readBack: {
        trial: (when) => `Restored on trial and found equal: ${when} (files and database)`,
        trialBad: (when) => `A trial restore failed: ${when}`,
        structure: (when) => `Structure looked over and found right: ${when}`,
        structureBad: (when) => `The structure was not right: ${when}`,
        slice: (part, of, when) => `Part ${part} of ${of} of all backups read back and found right: ${when}`,
        sliceBad: (part, of, when) => `Part ${part} of ${of} of all backups was not right when read back: ${when}`,
        never: 'Not read back yet.',
      },
      incomplete: 'This moment is not whole:',
      wrong: (since) => `Found damaged when it was looked over, ${since}. Better choose another.`,
      notConsistent: 'The database changed while it was read: tables can be a few seconds apart.',
      goBack: 'Back to this moment…',
      part: 'Only a part…',
      download: 'Download',
      trial: 'Restore on trial',
      trialAsked: 'The trial begins, beside everything that runs.',
      older: 'Older',
      newer: 'Newer',
      skipped: 'what was skipped?',
      report: {
        title: 'What was skipped, and why',
        none: 'Nothing: all that was there is in it.',
        count: (count, isOne) => (isOne ? '1 path skipped.' : `${count} paths skipped.`),
        path: 'Path or table',
        why: 'Why',
        shown: (shown, total) => `The first ${shown} of ${total}.`,
        changed: (count, isOne) =>
          isOne
            ? '1 file changed while it was read; kept as it was read last.'
            : `${count} files changed while they were read; kept as they were read last.`,
        noDatabase: (why) => `The database is not in it: ${why}.`,
        notConsistent: (why) => `The database is not of one moment: ${why.replace(/\.$/u, '')}.`,
      },
    },
    changes: {
      label: 'What changed',
      sinceTab: 'Since then',
      beforeTab: 'From the one before',
      first: 'This is the first moment: there is nothing before it.',
      isNewest: 'This is the newest moment. What changed after it shows after the next backup.',
      equal: 'Nothing changed.',
      noFiles: 'No file changed',
      added: (count, isOne) => `${count} ${isOne ? 'file' : 'files'} added`,
      changed: (count, isOne) => `${count} ${isOne ? 'file' : 'files'} changed`,
      removed: (count, isOne) => `${count} ${isOne ? 'file' : 'files'} gone`,
      since: 'until the newest moment',
      before: (when) => `since ${when}`,
      rowsMore: (count, isOne) => `${count} ${isOne ? 'row' : 'rows'}`,
      rowsLess: (count, isOne) => `${count} ${isOne ? 'row' : 'rows'}`,
      rowsOther: 'rows changed',
      tableNew: (rows) => `new table with ${rows} rows`,
      tableGone: 'table gone',
      moreTables: (count, isOne) => (isOne ? 'and 1 more table' : `and ${count} more tables`),
      unfold: 'See all files and tables',
      fold: 'Hide the list',
      files: 'Files',
      tables: 'Tables',
      search: 'Search the paths',
      kinds: { all: 'All', added: 'Added', changed: 'Changed', removed: 'Gone' },
      kind: 'What',
      path: 'Path',
      sizeBefore: 'Was',
      after: 'Became',
      noneFound: 'No file of that name.',
      table: 'Table',
      rowsBefore: 'Rows before',
      rowsAfter: 'Rows after',
    },
    strip: { title: 'The watch', day: '24 hours', quarter: '90 days', label: 'How far back' },
    size: {
      title: 'Size',
      of: (share) => `${share} of what the contract allows`,
      chart: (from, to, first, last) => `Size from ${from} to ${to}: from ${first} to ${last}.`,
      files: 'Files',
      database: 'Database',
      limit: 'limit of the contract',
      table: 'As a table',
      list: 'Size by moment',
      picture: 'As a line',
      when: 'Moment',
      total: 'Together',
      heaviest: 'What weighs most',
      heaviestNote: (when) => `in the backup of ${when}`,
      part: 'Part',
      bytes: 'Size',
      share: 'Share',
      count: 'Number',
      kinds: {
        core: 'WordPress itself',
        plugin: 'plugin',
        theme: 'theme',
        uploads: 'uploads',
        folder: 'folder',
        table: 'table',
      },
      filesCount: (count, isOne) => `${count} ${isOne ? 'file' : 'files'}`,
      rowsCount: (count, isOne) => `${count} ${isOne ? 'row' : 'rows'}`,
      more: 'Show all',
      less: 'Show less',
      none: 'After the first backup this shows how large the site is and what weighs most.',
      measure: 'Measure now',
      measured: 'The measuring begins.',
    },
    inventory: {
      title: 'What is on it',
      asked: (when) => `asked ${when}`,
      none: 'Not asked yet.',
      noneText: 'At the first backup Nachtwacht asks the site what is on it.',
      search: 'Find a plugin or theme',
      name: 'Name',
      version: 'Version',
      state: 'State',
      kinds: {
        core: 'WordPress',
        plugin: 'Plugin',
        'mu-plugin': 'Must-use plugin',
        'drop-in': 'Drop-in',
        theme: 'Theme',
        php: 'PHP',
        database: 'Database',
        server: 'Server',
      },
      active: 'active',
      inactive: 'not active',
      mustUse: 'always active',
      dropIn: 'replaces a part of WordPress',
      current: 'in use',
      parent: 'below the theme in use',
      multisite: 'network',
      update: (version) => `${version} available`,
      notFound: 'Nothing found of that name.',
      list: 'Parts with their versions',
      host: 'Limits of the host',
      hostNote: 'learned by the connection itself',
      hostNone: 'After the first contact this shows what the host allows.',
      unusual: 'unusual',
      facts: {
        'max-execution-time': 'Longest PHP request',
        'memory-limit': 'Memory of PHP',
        'post-max-size': 'Largest POST',
        'upload-max-filesize': 'Largest upload',
      },
    },
    history: {
      title: 'History',
      tabs: { work: 'Work', restores: 'Restored', verifications: 'Read back', audit: 'Who did what' },
      when: 'When',
      what: 'What',
      by: 'By',
      state: 'Outcome',
      took: 'Took',
      to: 'To',
      of: 'What',
      older: 'Older',
      newest: 'To the newest',
      noWork: 'No work was done yet.',
      noRestores: 'Nothing was ever restored.',
      noVerifications: 'Nothing was read back yet.',
      noAudit: 'Nothing happened yet.',
      auditRefused: 'Who did what is for the operator.',
      states: {
        queued: 'waits',
        running: 'under way',
        done: 'done',
        failed: 'failed',
        cancelled: 'stopped',
        reverted: 'failed, all put back',
      },
      verification: {
        structure: 'Structure looked over',
        slice: (part, of) => `Part ${part} of ${of} read back`,
        'trial-restore': 'Restored on trial',
      },
      good: 'found right',
      bad: 'not right',
      undo: 'Undo…',
      undoneBy: 'undone',
      undoTitle: 'Undo this restore?',
      undoText: (when) =>
        `The site goes back to how it was right before ${when}. The state of now is kept first here too.`,
      undoAsked: 'The undoing begins.',
      isUndo: 'undoing',
      whole: 'the whole site',
      onlyFiles: 'files',
      onlyDatabase: 'database',
      targets: { site: 'onto the site', folder: 'into a folder', download: 'as a download' },
      system: 'Nachtwacht itself',
    },
    settings: {
      title: 'Backups of this site',
      next: (when) => `The next one begins ${when}.`,
      pause: 'Pause backups',
      pauseHint: 'No backup begins by itself any more, and the promise of the backup is not kept.',
      plan: 'How often',
      plans: { daily: 'Every night', hourly: 'Every hour' },
      rule: 'What we keep',
      ownRule: 'a rule of this site itself',
      houseRule: 'as for all sites',
      change: 'Change the rule',
      back: 'Back to the rule of the house',
      hourly: 'Hours of which every hour stays',
      daily: 'Days of which the last stays',
      monthly: 'Months of which the last stays',
      beforeChangeDays: 'Days that a backup by hand or before a change stays',
      save: 'Save',
      saved: 'Saved.',
      excludes: 'Skip',
      excludesHint: 'One path a line, from the WordPress folder on; * stands for any one name.',
      houseExcludes: 'What we skip everywhere',
      onlyOperator: 'Only the operator can change this.',
      pattern: 'Path',
      why: 'Why',
    },
    notFound: {
      title: 'We do not know this site.',
      text: 'The address is wrong, or the site was taken out of the list.',
      action: 'To all sites',
    },
  },
});
