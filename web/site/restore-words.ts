import { defineWords } from '../../src/platform/words.ts';

type Counted = (count: string, isOne: boolean) => string;

interface RestoreScreenWords {
  title: (site: string) => string;
  steps: { label: string; what: string; look: string; confirm: string };
  moment: { label: string; to: (when: string, reason: string) => string; other: string; none: string };
  scope: {
    label: string;
    all: string;
    allHint: string;
    files: string;
    filesHint: string;
    tables: string;
    tablesHint: string;
    part: string;
    partHint: string;
    nothingChosen: string;
    chosen: Counted;
    chosenTitle: string;
    take: (name: string) => string;
    remove: (name: string) => string;
  };
  tree: {
    title: string;
    top: string;
    search: string;
    open: (name: string) => string;
    empty: string;
    path: string;
    tables: string;
    tablesSearch: string;
    rows: Counted;
  };
  next: string;
  back: string;
  preview: {
    sentence: (from: string, to: string) => string;
    nothing: string;
    added: Counted;
    changed: Counted;
    removed: Counted;
    modes: Counted;
    travel: (bytes: string) => string;
    noFiles: string;
    filesSame: string;
    noTables: string;
    tableTitle: string;
    filesTitle: string;
    keptTitle: string;
    rowsNow: string;
    rowsThen: string;
    table: string;
    happens: string;
    why: string;
    actions: Record<'create' | 'replace' | 'drop' | 'same' | 'kept', string>;
    same: Counted;
    warnings: string;
    undo: string;
    lookAgain: string;
    lookHint: string;
    looking: string;
    more: Counted;
    show: string;
    hide: string;
  };
  confirm: {
    sentence: string;
    all: (site: string) => string;
    go: string;
    typed: (site: string) => string;
    wrong: string;
  };
  run: {
    going: (site: string) => string;
    goingText: string;
    done: (site: string) => string;
    undone: (site: string) => string;
    failed: string;
    reverted: string;
    stopped: string;
    still: string;
    files: Counted;
    removed: Counted;
    nothing: string;
    tables: Counted;
    checked: Counted;
    took: (time: string) => string;
    kept: string;
    keptPartly: (gaps: string) => string;
    changedSince: Counted;
    notMade: (what: string) => string;
    smallJob: string;
    visit: string;
    undo: string;
    toSite: string;
    again: string;
  };
}

export const restoreScreenWords = defineWords<RestoreScreenWords>({
  nl: {
    title: (site) => `${site} terugzetten`,
    steps: { label: 'Stappen', what: 'Wat en naar wanneer', look: 'Wat er verandert', confirm: 'Bevestigen' },
    moment: {
      label: 'Moment',
      to: (when, reason) => `Naar ${when} (${reason}).`,
      other: 'Een ander moment kiezen',
      none: 'Van deze site is nog geen moment om naar terug te gaan.',
    },
    scope: {
      label: 'Wat zet je terug?',
      all: 'Alles',
      allHint: 'Bestanden en database samen, zoals ze toen waren.',
      files: 'Alleen de bestanden',
      filesHint: 'De database blijft zoals hij nu is: bestellingen en berichten blijven staan.',
      tables: 'Alleen de database',
      tablesHint: 'De bestanden blijven zoals ze nu zijn.',
      part: 'Een deel',
      partHint: 'Mappen, bestanden en tabellen die je zelf kiest.',
      nothingChosen: 'Kies minstens één map, bestand of tabel.',
      chosen: (count, isOne) => (isOne ? '1 onderdeel gekozen' : `${count} onderdelen gekozen`),
      chosenTitle: 'Gekozen',
      take: (name) => `${name} kiezen`,
      remove: (name) => `${name} weglaten`,
    },
    tree: {
      title: 'Mappen en bestanden',
      top: 'Bovenste map',
      search: 'Zoek in deze map',
      open: (name) => `${name} openen`,
      empty: 'Hier staat niets dat zo heet.',
      path: 'Plaats',
      tables: 'Tabellen',
      tablesSearch: 'Zoek een tabel',
      rows: (count, isOne) => `${count} ${isOne ? 'rij' : 'rijen'}`,
    },
    next: 'Verder',
    back: 'Terug',
    preview: {
      sentence: (from, to) => `Van hoe de site was op ${from} naar ${to}.`,
      nothing: 'Er is geen verschil: er valt niets terug te zetten.',
      added: (count, isOne) => (isOne ? '1 bestand komt terug' : `${count} bestanden komen terug`),
      changed: (count, isOne) => (isOne ? '1 bestand wordt vervangen' : `${count} bestanden worden vervangen`),
      removed: (count, isOne) =>
        isOne ? '1 bestand dat er toen niet was, verdwijnt' : `${count} bestanden die er toen niet waren, verdwijnen`,
      modes: (count, isOne) =>
        isOne ? '1 bestand krijgt zijn rechten terug' : `${count} bestanden krijgen hun rechten terug`,
      travel: (bytes) => `${bytes} gaat naar de site.`,
      noFiles: 'Geen bestand wordt aangeraakt.',
      filesSame: 'Alle bestanden zijn zoals ze waren.',
      noTables: 'De database wordt niet aangeraakt.',
      tableTitle: 'Tabellen',
      filesTitle: 'Bestanden',
      keptTitle: 'Wat blijft staan, en waarom',
      rowsNow: 'Rijen nu',
      rowsThen: 'Rijen straks',
      table: 'Tabel',
      happens: 'Wat er gebeurt',
      why: 'Waarom',
      actions: {
        create: 'komt terug',
        replace: 'wordt vervangen',
        drop: 'verdwijnt',
        same: 'blijft gelijk',
        kept: 'blijft staan',
      },
      same: (count, isOne) => (isOne ? '1 tabel is al zoals hij was.' : `${count} tabellen zijn al zoals ze waren.`),
      warnings: 'Let op',
      undo: 'De staat van nu wordt eerst bewaard, dus je kunt dit ongedaan maken.',
      lookAgain: 'Kijk nu opnieuw naar de site',
      lookHint: 'Dan telt ook mee wat er net veranderd is.',
      looking: 'We kijken hoe de site nu is.',
      more: (count, isOne) => (isOne ? 'en nog 1' : `en nog ${count}`),
      show: 'Bekijk de bestanden',
      hide: 'Verberg de bestanden',
    },
    confirm: {
      sentence: 'Weet je het zeker?',
      all: (site) => `${site} gaat terug naar dit moment. Bezoekers merken alleen het ogenblik van wisselen.`,
      go: 'Nu terugzetten',
      typed: (site) => `Typ ${site} om te bevestigen`,
      wrong: 'Dit is nog niet hetzelfde.',
    },
    run: {
      going: (site) => `${site} wordt teruggezet.`,
      goingText: 'Je kunt deze pagina gewoon verlaten: het werk gaat door, en dit adres blijft werken.',
      done: (site) => `${site} is teruggezet en nagekeken.`,
      undone: (site) => `Het terugzetten van ${site} is ongedaan gemaakt.`,
      failed: 'Het terugzetten is mislukt. De site is niet veranderd.',
      reverted: 'Het terugzetten mislukte halverwege. Alles is weer zoals het was.',
      stopped: 'Het terugzetten is gestopt. De site is zoals hij was.',
      still: 'Het terugzetten mislukte en de site staat er half bij. Kijk er meteen naar en probeer het opnieuw.',
      files: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'} teruggezet`,
      removed: (count, isOne) => `${count} ${isOne ? 'bestand' : 'bestanden'} verwijderd`,
      nothing: 'Er was geen verschil: niets is veranderd',
      tables: (count, isOne) => `${count} ${isOne ? 'tabel' : 'tabellen'} teruggezet`,
      checked: (count, isOne) => (isOne ? '1 bestand daarna nagekeken' : `${count} bestanden daarna nagekeken`),
      took: (time) => `in ${time}`,
      kept: 'De staat van ervoor is bewaard.',
      keptPartly: (gaps) => `De staat van ervoor is niet helemaal bewaard: ${gaps}.`,
      changedSince: (count, isOne) =>
        isOne
          ? '1 bestand schreef de site zelf direct daarna opnieuw.'
          : `${count} bestanden schreef de site zelf direct daarna opnieuw.`,
      notMade: (what) => `De database nam niet terug: ${what}.`,
      smallJob: 'Dit telt als een kleine klus; het is genoteerd.',
      visit: 'Bekijk de site',
      undo: 'Ongedaan maken…',
      toSite: 'Naar de pagina van de site',
      again: 'Opnieuw beginnen',
    },
  },
  en: {
    title: (site) => `Restore ${site}`,
    steps: { label: 'Steps', what: 'What and to when', look: 'What will change', confirm: 'Confirm' },
    moment: {
      label: 'Moment',
      to: (when, reason) => `To ${when} (${reason}).`,
      other: 'Choose another moment',
      none: 'This site has no moment to go back to yet.',
    },
    scope: {
      label: 'What do you restore?',
      all: 'Everything',
      allHint: 'Files and database together, as they were then.',
      files: 'Only the files',
      filesHint: 'The database stays as it is now: orders and posts stay.',
      tables: 'Only the database',
      tablesHint: 'The files stay as they are now.',
      part: 'A part',
      partHint: 'Folders, files and tables that you choose.',
      nothingChosen: 'Choose at least one folder, file or table.',
      chosen: (count, isOne) => (isOne ? '1 part chosen' : `${count} parts chosen`),
      chosenTitle: 'Chosen',
      take: (name) => `Choose ${name}`,
      remove: (name) => `Leave out ${name}`,
    },
    tree: {
      title: 'Folders and files',
      top: 'Top folder',
      search: 'Search in this folder',
      open: (name) => `Open ${name}`,
      empty: 'Nothing here has that name.',
      path: 'Place',
      tables: 'Tables',
      tablesSearch: 'Find a table',
      rows: (count, isOne) => `${count} ${isOne ? 'row' : 'rows'}`,
    },
    next: 'Go on',
    back: 'Back',
    preview: {
      sentence: (from, to) => `From how the site was at ${from} to ${to}.`,
      nothing: 'Nothing differs: there is nothing to restore.',
      added: (count, isOne) => (isOne ? '1 file comes back' : `${count} files come back`),
      changed: (count, isOne) => (isOne ? '1 file is replaced' : `${count} files are replaced`),
      removed: (count, isOne) =>
        isOne ? '1 file that was not there then goes' : `${count} files that were not there then go`,
      modes: (count, isOne) => (isOne ? '1 file gets its rights back' : `${count} files get their rights back`),
      travel: (bytes) => `${bytes} go to the site.`,
      noFiles: 'No file is touched.',
      filesSame: 'All files are as they were.',
      noTables: 'The database is not touched.',
      tableTitle: 'Tables',
      filesTitle: 'Files',
      keptTitle: 'What is left alone, and why',
      rowsNow: 'Rows now',
      rowsThen: 'Rows then',
      table: 'Table',
      happens: 'What happens',
      why: 'Why',
      actions: {
        create: 'comes back',
        replace: 'is replaced',
        drop: 'goes',
        same: 'stays equal',
        kept: 'is left alone',
      },
      same: (count, isOne) => (isOne ? '1 table is as it was already.' : `${count} tables are as they were already.`),
      warnings: 'Mind this',
      undo: 'The state of now is kept first, so you can undo this.',
      lookAgain: 'Look at the site again now',
      lookHint: 'Then what has just changed counts too.',
      looking: 'We look at how the site is now.',
      more: (count, isOne) => (isOne ? 'and 1 more' : `and ${count} more`),
      show: 'See the files',
      hide: 'Hide the files',
    },
    confirm: {
      sentence: 'Are you sure?',
      all: (site) => `${site} goes back to this moment. Visitors notice only the instant of swapping.`,
      go: 'Restore now',
      typed: (site) => `Type ${site} to confirm`,
      wrong: 'This is not the same yet.',
    },
    run: {
      going: (site) => `${site} is being restored.`,
      goingText: 'You can simply leave this page: the work goes on, and this address keeps working.',
      done: (site) => `${site} was restored and looked over.`,
      undone: (site) => `The restore of ${site} was undone.`,
      failed: 'The restore failed. The site was not changed.',
      reverted: 'The restore failed half-way. Everything is as it was.',
      stopped: 'The restore was stopped. The site is as it was.',
      still: 'The restore failed and the site is half done. Look at it at once and try again.',
      files: (count, isOne) => `${count} ${isOne ? 'file' : 'files'} restored`,
      removed: (count, isOne) => `${count} ${isOne ? 'file' : 'files'} removed`,
      nothing: 'There was no difference: nothing was changed',
      tables: (count, isOne) => `${count} ${isOne ? 'table' : 'tables'} restored`,
      checked: (count, isOne) => (isOne ? '1 file looked over afterwards' : `${count} files looked over afterwards`),
      took: (time) => `in ${time}`,
      kept: 'The state before it was kept.',
      keptPartly: (gaps) => `The state before it was not kept in full: ${gaps}.`,
      changedSince: (count, isOne) =>
        isOne
          ? 'The site itself wrote 1 file again right after it.'
          : `The site itself wrote ${count} files again right after it.`,
      notMade: (what) => `The database did not take back: ${what}.`,
      smallJob: 'This counts as a small job; it was noted.',
      visit: 'Look at the site',
      undo: 'Undo…',
      toSite: 'To the page of the site',
      again: 'Begin again',
    },
  },
});
