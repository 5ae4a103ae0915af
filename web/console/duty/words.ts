import { defineWords } from '../../../src/platform/words.ts';

interface FieldWords {
  label: string;
  hint?: string;
}

export interface DutyWords {
  onDuty: (name: string, until: string | undefined) => string;
  nobody: string;
  noRota: string;
  noRotaBelow: string;
  next: (name: string, from: string) => string;
  nextNobody: string;
  noPhone: (name: string) => string;
  hole: (from: string, to: string) => string;
  holes: (count: number) => string;
  first: string;
  calendar: {
    title: (rota: string) => string;
    nobody: string;
    turn: (name: string, from: string, to: string, isOverride: boolean) => string;
    more: string;
    legend: string;
  };
  rota: {
    add: string;
    addTitle: string;
    change: string;
    changeTitle: (name: string) => string;
    remove: string;
    removeTitle: (name: string) => string;
    removeWhy: string;
    removed: string;
    name: FieldWords;
    every: string;
    day: string;
    week: string;
    handover: FieldWords;
    firstTurn: FieldWords;
    timeZone: string;
    turns: string;
    turnsHint: string;
    addTurn: string;
    nobodysTurn: string;
    takeOut: (name: string) => string;
    preview: string;
    save: string;
    saved: string;
    line: (nth: number) => string;
    handsOver: (every: 'day' | 'week', when: string, zone: string) => string;
  };
  override: {
    add: string;
    title: string;
    about: string;
    who: string;
    from: FieldWords;
    to: FieldWords;
    rota: string;
    note: FieldWords;
    save: string;
    saved: string;
    list: string;
    swap: string;
    swapTitle: string;
    swapAbout: string;
    firstTurn: string;
    secondTurn: string;
    swapped: string;
    remove: string;
    removed: string;
    line: (name: string, from: string, to: string) => string;
  };
  guards: {
    title: string;
    about: string;
    none: string;
    add: string;
    addTitle: string;
    change: string;
    changeTitle: (name: string) => string;
    remove: string;
    removeTitle: (name: string) => string;
    removeWhy: string;
    removed: (name: string) => string;
    name: FieldWords;
    phone: FieldWords;
    email: FieldWords;
    push: FieldWords;
    language: string;
    languages: { nl: string; en: string };
    canBeCalled: FieldWords;
    account: FieldWords;
    noAccount: string;
    save: string;
    saved: string;
    test: string;
    testTitle: (name: string) => string;
    testWhy: (phone: string) => string;
    testSend: string;
    tested: (provider: string) => string;
    noPhone: string;
    called: string;
    notCalled: string;
    columns: { name: string; phone: string; how: string; actions: string };
  };
  policy: {
    title: string;
    change: string;
    receipt: FieldWords;
    call: FieldWords;
    next: FieldWords;
    rounds: FieldWords;
    office: string;
    days: string;
    from: string;
    to: string;
    askedFirst: string;
    askedFirstHint: string;
    addHours: string;
    takeOut: string;
    whichRota: string;
    save: string;
    cancel: string;
    saved: string;
  };
  feed: {
    title: string;
    about: string;
    make: string;
    again: string;
    againTitle: string;
    againWhy: string;
    address: string;
    once: string;
    exists: string;
    end: string;
    ended: string;
    none: string;
  };
  mine: {
    nothing: string;
    nothingBelow: (name: string) => string;
    yours: (until: string) => string;
    notYours: string;
    notAGuard: string;
    notAGuardBelow: string;
    yourNext: (from: string) => string;
    noNext: string;
    since: string;
    take: string;
    taken: (by: string) => string;
    byYou: string;
    tookIt: string;
    tooLate: (by: string) => string;
    nextIn: (name: string, length: string) => string;
    nextNow: (name: string) => string;
    nobodyNext: string;
    callCustomer: string;
    open: string;
    others: (count: number) => string;
    all: string;
    plan: string;
    turns: string;
    turn: (from: string, to: string) => string;
    number: string;
    numberHint: string;
    saveNumber: string;
    saved: string;
  };
}

export const dutyWords = defineWords<DutyWords>({
  nl: {
    onDuty: (name, until) => (until === undefined ? `${name} heeft dienst.` : `${name} heeft dienst tot ${until}.`),
    nobody: 'Niemand heeft nu dienst.',
    noRota: 'Er is nog geen rooster.',
    noRotaBelow:
      'Zonder rooster wordt niemand gewekt. Voeg eerst toe wie dienst kan hebben, en zet ze daarna op volgorde.',
    next: (name, from) => `Daarna ${name}, vanaf ${from}.`,
    nextNobody: 'Daarna niemand anders.',
    noPhone: (name) => `${name} heeft geen telefoonnummer en is dus niet te wekken.`,
    hole: (from, to) => `Van ${from} tot ${to} heeft niemand dienst.`,
    holes: (count) => (count === 1 ? 'Er zit één gat in het rooster.' : `Er zitten ${count} gaten in het rooster.`),
    first: 'Voeg de eerste toe',
    calendar: {
      title: (rota) => `Rooster: ${rota}`,
      nobody: 'niemand',
      turn: (name, from, to, isOverride) => `${name} van ${from} tot ${to}${isOverride ? ', neemt waar' : ''}`,
      more: 'Verder kijken',
      legend: '◆ neemt waar voor een ander · ▲ niemand',
    },
    rota: {
      add: 'Rooster toevoegen',
      addTitle: 'Een rooster maken',
      change: 'Rooster wijzigen',
      changeTitle: (name) => `Rooster ${name} wijzigen`,
      remove: 'Rooster verwijderen',
      removeTitle: (name) => `Rooster ${name} verwijderen?`,
      removeWhy: 'Wie erop staat wordt dan door dit rooster niet meer gewekt.',
      removed: 'Het rooster is weg.',
      name: { label: 'Naam' },
      every: 'Wisselt',
      day: 'elke dag',
      week: 'elke week',
      handover: { label: 'Overdracht om', hint: 'Op de klok aan de muur, ook als de zomertijd begint of eindigt.' },
      firstTurn: {
        label: 'Eerste beurt begint op',
        hint: 'Bij een weekrooster is dit ook de dag van elke overdracht.',
      },
      timeZone: 'Tijdzone',
      turns: 'Beurten, in volgorde',
      turnsHint: 'Na de laatste begint het opnieuw. Iemand mag er vaker in staan.',
      addTurn: 'Beurt toevoegen voor',
      nobodysTurn: 'niemand (een gat)',
      takeOut: (name) => `${name} uit het rooster`,
      preview: 'Zo wordt het',
      save: 'Bewaren',
      saved: 'Het rooster is bewaard.',
      line: (nth) => (nth === 0 ? 'eerste lijn' : `lijn ${nth + 1}`),
      handsOver: (every, when, zone) =>
        every === 'day' ? `Wisselt elke dag om ${when}, ${zone}.` : `Wisselt elke ${when}, ${zone}.`,
    },
    override: {
      add: 'Laten waarnemen',
      title: 'Iemand laten waarnemen',
      about: 'Gaat voor het rooster. Van twee die elkaar overlappen telt de laatst gemaakte.',
      who: 'Wie neemt waar',
      from: { label: 'Vanaf' },
      to: { label: 'Tot' },
      rota: 'Op welk rooster',
      note: { label: 'Waarom', hint: 'Bijvoorbeeld: verjaardag.' },
      save: 'Bewaren',
      saved: 'Het staat op het rooster.',
      list: 'Wie neemt waar',
      swap: 'Ruilen',
      swapTitle: 'Twee beurten ruilen',
      swapAbout: 'Kies twee beurten; wie ze heeft, neemt die van de ander.',
      firstTurn: 'Deze beurt',
      secondTurn: 'Tegen deze',
      swapped: 'De beurten zijn geruild.',
      remove: 'Weghalen',
      removed: 'Het rooster geldt weer.',
      line: (name, from, to) => `${name} neemt waar van ${from} tot ${to}`,
    },
    guards: {
      title: 'Wie kan er dienst hebben',
      about: 'Met een nummer waarop zij wakker worden. Stuur een proef: dan weet je dat het aankomt.',
      none: 'Nog niemand.',
      add: 'Iemand toevoegen',
      addTitle: 'Iemand toevoegen aan de dienst',
      change: 'Wijzigen',
      changeTitle: (name) => `${name} wijzigen`,
      remove: 'Weghalen',
      removeTitle: (name) => `${name} uit de dienst halen?`,
      removeWhy: 'Beurten op het rooster worden dan van niemand.',
      removed: (name) => `${name} heeft geen dienst meer.`,
      name: { label: 'Naam' },
      phone: { label: 'Mobiel nummer', hint: 'Met landnummer: +31612345678.' },
      email: { label: 'E-mail', hint: 'Gaat mee met elk alarm.' },
      push: { label: 'Adres voor push', hint: 'Bijvoorbeeld een onderwerp op ntfy.' },
      language: 'Taal van de SMS',
      languages: { nl: 'Nederlands', en: 'Engels' },
      canBeCalled: { label: 'Mag gebeld worden', hint: 'Als er op de SMS niet gereageerd wordt.' },
      account: { label: 'Account', hint: 'Dan is het ‘jouw dienst’ als zij inloggen.' },
      noAccount: 'geen account',
      save: 'Bewaren',
      saved: 'Bewaard.',
      test: 'Proef-SMS',
      testTitle: (name) => `Een proef naar ${name} sturen?`,
      testWhy: (phone) => `Er gaat een echte SMS naar ${phone}.`,
      testSend: 'Stuur de SMS',
      tested: (provider) => `De SMS gaat nu weg over ${provider}.`,
      noPhone: 'geen nummer',
      called: 'SMS en bellen',
      notCalled: 'alleen SMS',
      columns: { name: 'Naam', phone: 'Nummer', how: 'Hoe', actions: 'Doen' },
    },
    policy: {
      title: 'Zo wordt er gewekt',
      change: 'Wijzigen',
      receipt: { label: 'Tweede weg na', hint: 'Seconden zonder ontvangstbewijs.' },
      call: { label: 'Bellen na', hint: 'Seconden zonder antwoord.' },
      next: { label: 'De volgende na', hint: 'Seconden zonder antwoord.' },
      rounds: { label: 'Rondes', hint: 'Zo vaak langs iedereen.' },
      office: 'Kantooruren, voor wat minder haast heeft',
      days: 'Dagen',
      from: 'Van',
      to: 'Tot',
      askedFirst: 'Uren waarin een ander rooster eerst wordt gevraagd',
      askedFirstHint: 'Bijvoorbeeld overdag het kantoor, en pas daarna wie dienst heeft.',
      addHours: 'Uren toevoegen',
      takeOut: 'Deze uren weghalen',
      whichRota: 'Rooster',
      save: 'Bewaren',
      cancel: 'Annuleren',
      saved: 'Bewaard.',
    },
    feed: {
      title: 'In je agenda',
      about: 'Een adres waarmee elke agenda het rooster laat zien en bijhoudt.',
      make: 'Adres maken',
      again: 'Nieuw adres maken',
      againTitle: 'Een nieuw adres maken?',
      againWhy: 'Het oude adres werkt dan niet meer; agenda’s die het gebruiken zien niets nieuws.',
      address: 'Adres voor je agenda',
      once: 'Bewaar het nu: je ziet het maar één keer.',
      exists: 'Er is een adres gemaakt. Kwijt? Maak een nieuw.',
      end: 'Adres intrekken',
      ended: 'Het adres werkt niet meer.',
      none: 'Er is nog geen adres.',
    },
    mine: {
      nothing: 'Alles is rustig.',
      nothingBelow: (name) => `Er is geen storing. ${name}`,
      yours: (until) => `Jij hebt dienst tot ${until}.`,
      notYours: 'Je hebt nu geen dienst.',
      notAGuard: 'Je staat niet in de dienst.',
      notAGuardBelow: 'Een beheerder kan je toevoegen onder Dienst, met je nummer en je account.',
      yourNext: (from) => `Je volgende beurt begint ${from}.`,
      noNext: 'Je hebt de komende weken geen beurt.',
      since: 'sinds',
      take: 'Ik pak het',
      taken: (by) => `${by} heeft het opgepakt.`,
      byYou: 'Jij hebt het opgepakt.',
      tookIt: 'Het is van jou. Niemand anders wordt gewekt.',
      tooLate: (by) => `${by} was je voor.`,
      nextIn: (name, length) => `Niemand in ${length}? Dan krijgt ${name} een SMS.`,
      nextNow: (name) => `${name} krijgt nu een SMS.`,
      nobodyNext: 'Na jou is er niemand meer om te vragen.',
      callCustomer: 'Bel de klant',
      open: 'Alles hierover',
      others: (count) => (count === 1 ? 'Er is nog één storing open.' : `Er zijn nog ${count} storingen open.`),
      all: 'Alle storingen',
      plan: 'Het hele rooster',
      turns: 'Je volgende beurten',
      turn: (from, to) => `${from} tot ${to}`,
      number: 'Hoe we je wekken',
      numberHint: 'Je eigen nummer en taal; je mag ze zelf wijzigen.',
      saveNumber: 'Bewaren',
      saved: 'Bewaard.',
    },
  },
  en: {
    onDuty: (name, until) => (until === undefined ? `${name} is on duty.` : `${name} is on duty until ${until}.`),
    nobody: 'Nobody is on duty now.',
    noRota: 'There is no rota yet.',
    noRotaBelow: 'Without a rota nobody is woken. First add who can be on duty, then put them in order.',
    next: (name, from) => `Then ${name}, from ${from}.`,
    nextNobody: 'Then nobody else.',
    noPhone: (name) => `${name} has no phone number and so cannot be woken.`,
    hole: (from, to) => `From ${from} to ${to} nobody is on duty.`,
    holes: (count) => (count === 1 ? 'There is one hole in the rota.' : `There are ${count} holes in the rota.`),
    first: 'Add the first one',
    calendar: {
      title: (rota) => `Rota: ${rota}`,
      nobody: 'nobody',
      turn: (name, from, to, isOverride) => `${name} from ${from} to ${to}${isOverride ? ', standing in' : ''}`,
      more: 'Look further',
      legend: '◆ stands in for another · ▲ nobody',
    },
    rota: {
      add: 'Add a rota',
      addTitle: 'Make a rota',
      change: 'Change the rota',
      changeTitle: (name) => `Change rota ${name}`,
      remove: 'Remove the rota',
      removeTitle: (name) => `Remove rota ${name}?`,
      removeWhy: 'Who is in it is no longer woken by this rota.',
      removed: 'The rota is gone.',
      name: { label: 'Name' },
      every: 'Changes',
      day: 'every day',
      week: 'every week',
      handover: { label: 'Hand-over at', hint: 'By the clock on the wall, also when summer time begins or ends.' },
      firstTurn: { label: 'First turn begins on', hint: 'With a weekly rota this is also the day of each hand-over.' },
      timeZone: 'Time zone',
      turns: 'Turns, in order',
      turnsHint: 'After the last it begins again. Somebody may be in it more than once.',
      addTurn: 'Add a turn for',
      nobodysTurn: 'nobody (a hole)',
      takeOut: (name) => `Take ${name} out of the rota`,
      preview: 'This is what it becomes',
      save: 'Save',
      saved: 'The rota is saved.',
      line: (nth) => (nth === 0 ? 'first line' : `line ${nth + 1}`),
      handsOver: (every, when, zone) =>
        every === 'day' ? `Changes every day at ${when}, ${zone}.` : `Changes every ${when}, ${zone}.`,
    },
    override: {
      add: 'Let somebody stand in',
      title: 'Let somebody stand in',
      about: 'Goes before the rota. Of two that overlap the one made last counts.',
      who: 'Who stands in',
      from: { label: 'From' },
      to: { label: 'To' },
      rota: 'In which rota',
      note: { label: 'Why', hint: 'Such as: birthday.' },
      save: 'Save',
      saved: 'It is in the rota.',
      list: 'Who stands in',
      swap: 'Swap',
      swapTitle: 'Swap two turns',
      swapAbout: 'Choose two turns; who has them takes that of the other.',
      firstTurn: 'This turn',
      secondTurn: 'For this one',
      swapped: 'The turns are swapped.',
      remove: 'Take away',
      removed: 'The rota counts again.',
      line: (name, from, to) => `${name} stands in from ${from} to ${to}`,
    },
    guards: {
      title: 'Who can be on duty',
      about: 'With a number that wakes them. Send a test: then you know that it arrives.',
      none: 'Nobody yet.',
      add: 'Add somebody',
      addTitle: 'Add somebody to the duty',
      change: 'Change',
      changeTitle: (name) => `Change ${name}`,
      remove: 'Take out',
      removeTitle: (name) => `Take ${name} off duty?`,
      removeWhy: 'Turns in the rota then become nobody’s.',
      removed: (name) => `${name} is no longer on duty.`,
      name: { label: 'Name' },
      phone: { label: 'Mobile number', hint: 'With country code: +31612345678.' },
      email: { label: 'E-mail', hint: 'Goes along with each alarm.' },
      push: { label: 'Address for push', hint: 'Such as a topic on ntfy.' },
      language: 'Language of the SMS',
      languages: { nl: 'Dutch', en: 'English' },
      canBeCalled: { label: 'May be called', hint: 'When nobody answers the SMS.' },
      account: { label: 'Account', hint: 'Then it is ‘your duty’ when they sign in.' },
      noAccount: 'no account',
      save: 'Save',
      saved: 'Saved.',
      test: 'Test SMS',
      testTitle: (name) => `Send a test to ${name}?`,
      testWhy: (phone) => `A real SMS goes to ${phone}.`,
      testSend: 'Send the SMS',
      tested: (provider) => `The SMS goes now over ${provider}.`,
      noPhone: 'no number',
      called: 'SMS and calls',
      notCalled: 'SMS only',
      columns: { name: 'Name', phone: 'Number', how: 'How', actions: 'Do' },
    },
    policy: {
      title: 'How somebody is woken',
      change: 'Change',
      receipt: { label: 'Second way after', hint: 'Seconds without a receipt.' },
      call: { label: 'Call after', hint: 'Seconds without an answer.' },
      next: { label: 'The next after', hint: 'Seconds without an answer.' },
      rounds: { label: 'Rounds', hint: 'How often everybody is asked.' },
      office: 'Office hours, for what is less urgent',
      days: 'Days',
      from: 'From',
      to: 'To',
      askedFirst: 'Hours in which another rota is asked first',
      askedFirstHint: 'Such as the office by day, and only then who is on duty.',
      addHours: 'Add hours',
      takeOut: 'Take these hours away',
      whichRota: 'Rota',
      save: 'Save',
      cancel: 'Cancel',
      saved: 'Saved.',
    },
    feed: {
      title: 'In your calendar',
      about: 'An address with which any calendar shows the rota and keeps it up to date.',
      make: 'Make an address',
      again: 'Make a new address',
      againTitle: 'Make a new address?',
      againWhy: 'The old address then stops working; calendars that use it see nothing new.',
      address: 'Address for your calendar',
      once: 'Keep it now: it is shown only once.',
      exists: 'An address was made. Lost it? Make a new one.',
      end: 'Withdraw the address',
      ended: 'The address works no more.',
      none: 'There is no address yet.',
    },
    mine: {
      nothing: 'All is quiet.',
      nothingBelow: (name) => `There is no outage. ${name}`,
      yours: (until) => `You are on duty until ${until}.`,
      notYours: 'You are not on duty now.',
      notAGuard: 'You are not one of the guards.',
      notAGuardBelow: 'An operator can add you under Duty, with your number and your account.',
      yourNext: (from) => `Your next turn begins ${from}.`,
      noNext: 'You have no turn in the coming weeks.',
      since: 'since',
      take: 'I take it',
      taken: (by) => `${by} has taken it.`,
      byYou: 'You have taken it.',
      tookIt: 'It is yours. Nobody else is woken.',
      tooLate: (by) => `${by} was before you.`,
      nextIn: (name, length) => `Nobody in ${length}? Then ${name} gets an SMS.`,
      nextNow: (name) => `${name} gets an SMS now.`,
      nobodyNext: 'After you there is nobody left to ask.',
      callCustomer: 'Call the customer',
      open: 'Everything about it',
      others: (count) => (count === 1 ? 'One more incident is open.' : `${count} more incidents are open.`),
      all: 'All incidents',
      plan: 'The whole rota',
      turns: 'Your next turns',
      turn: (from, to) => `${from} to ${to}`,
      number: 'How we wake you',
      numberHint: 'Your own number and language; you may change them yourself.',
      saveNumber: 'Save',
      saved: 'Saved.',
    },
  },
});
