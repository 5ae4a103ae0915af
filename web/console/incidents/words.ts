import { defineWords } from '../../../src/platform/words.ts';

interface IncidentScreenWords {
  house: string;
  list: {
    none: string;
    open: (count: number) => string;
    untaken: (count: number, of: number) => string;
    more: (count: number) => string;
    below: string;
    openTitle: string;
    history: string;
    month: string;
    everyMonth: string;
    inMonth: (month: string, count: number) => string;
    nothing: string;
    nothingEver: string;
    nothingEverBelow: string;
    search: string;
    searchHint: string;
    columns: Record<'when' | 'what' | 'length' | 'sms' | 'taken', string>;
    nobody: string;
  };
  line: {
    since: string;
    takenBy: (name: string, when: string) => string;
    untaken: string;
    givenUp: string;
    sms: (seconds: string) => string;
    noSms: string;
    quiet: (until: string) => string;
    sites: (count: number, number: string) => string;
    see: string;
    take: string;
  };
  one: {
    number: (number: string) => string;
    back: string;
    lasts: (length: string) => string;
    lasted: (length: string) => string;
    take: string;
    tookIt: string;
    tooLate: (name: string) => string;
    done: string;
    doneTitle: string;
    doneWhy: string;
    doneOver: string;
    doneWaits: string;
    reopen: string;
    reopenTitle: string;
    reopenWhy: string;
    reopened: string;
    proof: string;
    proofSteps: Record<'first' | 'confirmed' | 'accepted' | 'delivered' | 'acknowledged' | 'fixed', string>;
    after: (seconds: string) => string;
    timeline: string;
    timelineNote: string;
    known: string;
    customer: string;
    call: string;
    backup: string;
    noBackup: string;
    certificate: string;
    address: string;
    sameAddress: string;
    alone: string;
    allWell: (count: number) => string;
    failing: (failing: number, count: number) => string;
    changes: string;
    noChanges: string;
    note: string;
    noteLabel: string;
    noteHint: string;
    noteSend: string;
    noted: string;
    cause: string;
    causeLabel: string;
    causeHint: string;
    noCause: string;
    changeCause: string;
    saveCause: string;
    savedCause: string;
    cancel: string;
    sites: string;
    sitesTable: string;
    siteColumns: Record<'site' | 'from' | 'to' | 'cause', string>;
    lastsStill: string;
    maintenance: string;
    merged: string;
    toGroup: string;
    notFound: string;
    notFoundText: string;
    why: string;
  };
}

export const incidentScreenWords = defineWords<IncidentScreenWords>({
  nl: {
    house: 'de wacht',
    list: {
      none: 'Er is geen storing.',
      open: (count) => (count === 1 ? 'Er is één ding aan de hand.' : `Er zijn ${count} dingen aan de hand.`),
      untaken: (count, of) =>
        of === 1
          ? 'Niemand heeft het nog opgepakt.'
          : count === 1
            ? 'Eén ervan heeft nog niemand opgepakt.'
            : `${count} ervan heeft nog niemand opgepakt.`,
      more: (count) => `Nog ${count} onder Storingen`,
      below:
        'Elke storing staat hier met haar bewijs: wanneer gezien, wanneer gestuurd, wanneer opgepakt, wanneer over.',
      openTitle: 'Nu open',
      history: 'Wat er was',
      month: 'Maand',
      everyMonth: 'Alle maanden',
      inMonth: (month, count) => `${month} (${count})`,
      nothing: 'Hier was niets.',
      nothingEver: 'Nog nooit een storing.',
      nothingEverBelow: 'Zodra er een is, lees je hier van minuut tot minuut wat er gebeurde.',
      search: 'Zoek in wat er was',
      searchHint: 'Zoek: site, klant, oorzaak',
      columns: { when: 'Wanneer', what: 'Wat', length: 'Hoe lang', sms: 'SMS na', taken: 'Opgepakt door' },
      nobody: 'niemand',
    },
    line: {
      since: 'sinds',
      takenBy: (name, when) => `${name} heeft het om ${when} opgepakt`,
      untaken: 'niemand heeft het opgepakt',
      givenUp: 'iedereen is vergeefs gevraagd',
      sms: (seconds) => `SMS na ${seconds} s`,
      noSms: 'nog geen SMS',
      quiet: (until) => `niemand wordt gewekt voor ${until}`,
      sites: (count, number) => (count === 1 ? 'één site' : `${number} sites`),
      see: 'Bekijk',
      take: 'Ik pak het',
    },
    one: {
      number: (number) => `Storing ${number}`,
      back: 'Storingen',
      lasts: (length) => `duurt nu ${length}`,
      lasted: (length) => `duurde ${length}`,
      take: 'Ik pak het',
      tookIt: 'Het is van jou. Niemand anders wordt gewekt.',
      tooLate: (name) => `${name} was je voor.`,
      done: 'Het is klaar',
      doneTitle: 'Zeg je dat het klaar is?',
      doneWhy: 'Wat de wacht zelf kan zien, sluit zij pas als zij het ziet. Het andere is met jouw woord over.',
      doneOver: 'Het is over.',
      doneWaits: 'Opgeschreven. De wacht sluit het zodra zij het ziet.',
      reopen: 'Toch niet over',
      reopenTitle: 'Opnieuw openen?',
      reopenWhy: 'Het staat dan op jouw naam, en telt verder waar het ophield.',
      reopened: 'Het is weer open, op jouw naam.',
      proof: 'Het bewijs',
      proofSteps: {
        first: 'Voor het eerst mis',
        confirmed: 'Bevestigd',
        accepted: 'SMS aangenomen',
        delivered: 'SMS ontvangen',
        acknowledged: 'Opgepakt',
        fixed: 'Antwoordt weer',
      },
      after: (seconds) => `na ${seconds} s`,
      timeline: 'Wat er gebeurde',
      timelineNote: 'tijden op de seconde',
      known: 'Wat we weten',
      customer: 'Klant',
      call: 'Bel',
      backup: 'Laatste backup',
      noBackup: 'nog geen',
      certificate: 'Certificaat tot',
      address: 'Adres',
      sameAddress: 'Zelfde server',
      alone: 'geen andere site van ons',
      allWell: (count) => (count === 1 ? 'één andere site: in orde' : `${count} andere sites: in orde`),
      failing: (failing, count) => `${failing} van de ${count} andere sites vallen ook uit`,
      changes: 'Wat er daarvoor gebeurde',
      noChanges: 'Niets in de twee weken daarvoor.',
      note: 'Een regel erbij',
      noteLabel: 'Wat doe je, of wat zie je?',
      noteHint: 'Iedereen die meekijkt leest het meteen.',
      noteSend: 'Zet erbij',
      noted: 'Het staat erbij.',
      cause: 'Oorzaak, voor het verslag',
      causeLabel: 'Waarom gebeurde dit?',
      causeHint: 'De klant leest dit in zijn verslag. Leeg = nog niet bekend.',
      noCause: 'Nog niet opgeschreven.',
      changeCause: 'Opschrijven',
      saveCause: 'Bewaren',
      savedCause: 'De oorzaak is bewaard.',
      cancel: 'Annuleren',
      sites: 'Welke sites',
      sitesTable: 'Sites met hun tijden',
      siteColumns: { site: 'Site', from: 'Van', to: 'Tot', cause: 'Oorzaak' },
      lastsStill: 'duurt nog',
      maintenance: 'tijdens eigen werk',
      merged: 'Dit ging verder als één storing met andere sites op dezelfde server.',
      toGroup: 'Naar die storing',
      notFound: 'Deze storing is er niet.',
      notFoundText: 'Misschien klopt het nummer niet.',
      why: 'waarom is dit een storing?',
    },
  },
  en: {
    house: 'the watch',
    list: {
      none: 'There is no outage.',
      open: (count) => (count === 1 ? 'One thing is the matter.' : `${count} things are the matter.`),
      untaken: (count, of) =>
        of === 1
          ? 'Nobody has taken it yet.'
          : count === 1
            ? 'One of them nobody has taken yet.'
            : `${count} of them nobody has taken yet.`,
      more: (count) => `${count} more under Incidents`,
      below: 'Every outage stands here with its proof: when seen, when sent, when taken, when over.',
      openTitle: 'Open now',
      history: 'What there was',
      month: 'Month',
      everyMonth: 'All months',
      inMonth: (month, count) => `${month} (${count})`,
      nothing: 'There was nothing here.',
      nothingEver: 'Never an outage yet.',
      nothingEverBelow: 'As soon as there is one, you read here minute by minute what happened.',
      search: 'Search what there was',
      searchHint: 'Search: site, customer, cause',
      columns: { when: 'When', what: 'What', length: 'How long', sms: 'SMS after', taken: 'Taken by' },
      nobody: 'nobody',
    },
    line: {
      since: 'since',
      takenBy: (name, when) => `${name} took it at ${when}`,
      untaken: 'nobody has taken it',
      givenUp: 'everybody was asked in vain',
      sms: (seconds) => `SMS after ${seconds} s`,
      noSms: 'no SMS yet',
      quiet: (until) => `nobody is woken before ${until}`,
      sites: (count, number) => (count === 1 ? 'one site' : `${number} sites`),
      see: 'See it',
      take: 'I take it',
    },
    one: {
      number: (number) => `Incident ${number}`,
      back: 'Incidents',
      lasts: (length) => `has lasted ${length}`,
      lasted: (length) => `lasted ${length}`,
      take: 'I take it',
      tookIt: 'It is yours. Nobody else is woken.',
      tooLate: (name) => `${name} was before you.`,
      done: 'It is done',
      doneTitle: 'Do you say that it is done?',
      doneWhy: 'What the watch can see itself, it closes when it sees it. The rest is over with your word.',
      doneOver: 'It is over.',
      doneWaits: 'Written down. The watch closes it as soon as it sees it.',
      reopen: 'Not over after all',
      reopenTitle: 'Open it again?',
      reopenWhy: 'It is then in your name, and goes on counting where it stopped.',
      reopened: 'It is open again, in your name.',
      proof: 'The proof',
      proofSteps: {
        first: 'Wrong for the first time',
        confirmed: 'Confirmed',
        accepted: 'SMS accepted',
        delivered: 'SMS delivered',
        acknowledged: 'Taken',
        fixed: 'Answers again',
      },
      after: (seconds) => `after ${seconds} s`,
      timeline: 'What happened',
      timelineNote: 'times to the second',
      known: 'What we know',
      customer: 'Customer',
      call: 'Call',
      backup: 'Last backup',
      noBackup: 'none yet',
      certificate: 'Certificate until',
      address: 'Address',
      sameAddress: 'Same server',
      alone: 'no other site of ours',
      allWell: (count) => (count === 1 ? 'one other site: well' : `${count} other sites: well`),
      failing: (failing, count) => `${failing} of ${count} other sites fail too`,
      changes: 'What happened before',
      noChanges: 'Nothing in the two weeks before.',
      note: 'Add a line',
      noteLabel: 'What do you do, or what do you see?',
      noteHint: 'Everybody who looks along reads it at once.',
      noteSend: 'Add it',
      noted: 'It is added.',
      cause: 'Cause, for the report',
      causeLabel: 'Why did this happen?',
      causeHint: 'The customer reads this in his report. Empty = not known yet.',
      noCause: 'Not written down yet.',
      changeCause: 'Write it down',
      saveCause: 'Save',
      savedCause: 'The cause is saved.',
      cancel: 'Cancel',
      sites: 'Which sites',
      sitesTable: 'Sites with their times',
      siteColumns: { site: 'Site', from: 'From', to: 'To', cause: 'Cause' },
      lastsStill: 'goes on',
      maintenance: 'during our own work',
      merged: 'This went on as one outage with other sites at the same server.',
      toGroup: 'To that outage',
      notFound: 'There is no such incident.',
      notFoundText: 'The number may be wrong.',
      why: 'why is this an outage?',
    },
  },
});
