import { countInWords, defineWords } from '../platform/words.ts';

/** What `nachtwacht oncall` says. */
interface OncallCliWords {
  about: Record<
    | 'oncall'
    | 'now'
    | 'guards'
    | 'addGuard'
    | 'changeGuard'
    | 'removeGuard'
    | 'rotas'
    | 'setRota'
    | 'removeRota'
    | 'override'
    | 'removeOverride'
    | 'plan'
    | 'policy'
    | 'calendar'
    | 'test',
    string
  >;
  option: Record<
    | 'phone'
    | 'email'
    | 'push'
    | 'noCall'
    | 'language'
    | 'name'
    | 'every'
    | 'handover'
    | 'first'
    | 'turns'
    | 'timeZone'
    | 'from'
    | 'to'
    | 'note'
    | 'weeks'
    | 'end',
    string
  >;
  head: Record<
    'name' | 'phone' | 'call' | 'rotas' | 'id' | 'turns' | 'handover' | 'rota' | 'guard' | 'from' | 'to' | 'why',
    string
  >;
  every: Record<'day' | 'week', (time: string, first: string) => string>;
  why: Record<'turn' | 'override' | 'nobodys-turn' | 'before-first-turn' | 'empty-rota', string>;
  nobody: string;
  none: { guards: string; rotas: string };
  yes: string;
  no: string;
  now: (name: string, rota: string, until: string) => string;
  after: (names: string) => string;
  nobodyNow: string;
  next: (name: string, from: string) => string;
  hole: (from: string, to: string) => string;
  withoutPhone: (name: string) => string;
  sms: (paths: number, calls: boolean) => string;
  saved: (name: string) => string;
  removed: (name: string) => string;
  takesOver: (guard: string, rota: string, from: string, to: string) => string;
  calendar: (url: string) => string;
  calendarEnded: string;
  tested: (name: string) => string;
}

const paths = { nl: { one: 'weg', other: 'wegen' }, en: { one: 'path', other: 'paths' } };

export const oncallCliWords = defineWords<OncallCliWords>({
  nl: {
    about: {
      oncall: 'Wie dienst heeft en hoe hij gevraagd wordt',
      now: 'Laat zien wie nu dienst heeft, wie daarna, en of hij te bereiken is',
      guards: 'Laat de bewakers zien',
      addGuard: 'Maakt een bewaker',
      changeGuard: 'Verandert een bewaker; wat niet genoemd wordt blijft',
      removeGuard: 'Haalt een bewaker weg; zijn beurten zijn van niemand',
      rotas: 'Laat de roosters zien',
      setRota: 'Maakt of verandert een rooster',
      removeRota: 'Beëindigt een rooster',
      override: 'Laat iemand een tijd overnemen',
      removeOverride: 'Overnemen gaat niet door',
      plan: 'Laat zien wie wanneer dienst heeft',
      policy: 'Laat zien hoe bewakers gevraagd worden',
      calendar: 'Maakt een nieuw adres voor de agenda; het oude vervalt',
      test: 'Stuurt een bewaker een proef-SMS',
    },
    option: {
      phone: 'nummer, zoals +31612345678; none = geen',
      email: 'mailadres; none = geen',
      push: 'adres van een pushdienst; none = geen',
      noCall: 'niet bellen',
      language: 'nl of en',
      name: 'andere naam',
      every: 'day (elke dag een ander) of week',
      handover: 'tijd waarop de dienst wisselt, zoals 09:00',
      first: 'dag van de eerste beurt, zoals 2026-12-01',
      turns: 'bewakers in volgorde, met komma’s; - = niemand',
      timeZone: 'tijdzone, zoals Europe/Amsterdam',
      from: 'van, zoals "2026-12-01 18:00"',
      to: 'tot',
      note: 'waarom',
      weeks: 'zoveel weken',
      end: 'het adres vervalt, zonder nieuw',
    },
    head: {
      name: 'naam',
      phone: 'nummer',
      call: 'bellen',
      rotas: 'roosters',
      id: 'id',
      turns: 'beurten',
      handover: 'wisselt',
      rota: 'rooster',
      guard: 'wie',
      from: 'van',
      to: 'tot',
      why: 'waarom',
    },
    every: {
      day: (time, first) => `elke dag om ${time}, vanaf ${first}`,
      week: (time, first) => `elke week om ${time}, vanaf ${first}`,
    },
    why: {
      turn: 'beurt',
      override: 'neemt over',
      'nobodys-turn': 'beurt van niemand',
      'before-first-turn': 'voor de eerste beurt',
      'empty-rota': 'leeg rooster',
    },
    nobody: 'NIEMAND',
    none: { guards: 'Er zijn nog geen bewakers.', rotas: 'Er is nog geen rooster.' },
    yes: 'ja',
    no: 'nee',
    now: (name, rota, until) => `${name} heeft dienst (${rota}), tot ${until}.`,
    after: (names) => `Antwoordt die niet, dan: ${names}.`,
    nobodyNow: 'Niemand heeft nu dienst: een alarm staat op het scherm en gaat per mail naar de beheerders.',
    next: (name, from) => `Daarna: ${name}, vanaf ${from}.`,
    hole: (from, to) => `Niemand heeft dienst van ${from} tot ${to}.`,
    withoutPhone: (name) => `${name} heeft geen telefoonnummer.`,
    sms: (count, calls) =>
      count === 0
        ? 'Er kan geen SMS verstuurd worden: er is geen weg. Een alarm staat alleen op het scherm en gaat per mail.'
        : `SMS gaat over ${countInWords(count, 'nl', paths.nl)}${calls ? ', en er kan gebeld worden' : ''}.`,
    saved: (name) => `${name} is bewaard.`,
    removed: (name) => `${name} is weg.`,
    takesOver: (guard, rota, from, to) => `${guard} neemt over in ${rota}, van ${from} tot ${to}.`,
    calendar: (url) => `Adres voor je agenda (wordt eenmaal getoond): ${url}`,
    calendarEnded: 'Het adres van de agenda is vervallen.',
    tested: (name) => `Een proef-SMS voor ${name} staat klaar; kijk bij de berichten of hij aankomt.`,
  },
  en: {
    about: {
      oncall: 'Who is on duty, and how he is asked',
      now: 'Shows who is on duty now, who is next, and whether he can be reached',
      guards: 'Shows the guards',
      addGuard: 'Makes a guard',
      changeGuard: 'Changes a guard; what is not named stays',
      removeGuard: 'Takes a guard away; his turns are nobody’s',
      rotas: 'Shows the rotas',
      setRota: 'Makes or changes a rota',
      removeRota: 'Ends a rota',
      override: 'Lets somebody take over for a while',
      removeOverride: 'Taking over does not happen',
      plan: 'Shows who is on duty when',
      policy: 'Shows how guards are asked',
      calendar: 'Makes a new address for calendars; the old one ends',
      test: 'Sends a guard a test SMS',
    },
    option: {
      phone: 'number, such as +31612345678; none = no number',
      email: 'mail address; none = no address',
      push: 'address of a push service; none = no address',
      noCall: 'do not call him',
      language: 'nl or en',
      name: 'another name',
      every: 'day (another one each day) or week',
      handover: 'time of the hand-over, such as 09:00',
      first: 'day of the first turn, such as 2026-12-01',
      turns: 'guards in order, with commas; - = nobody',
      timeZone: 'time zone, such as Europe/Amsterdam',
      from: 'from, such as "2026-12-01 18:00"',
      to: 'until',
      note: 'why',
      weeks: 'so many weeks',
      end: 'the address ends, without a new one',
    },
    head: {
      name: 'name',
      phone: 'number',
      call: 'call',
      rotas: 'rotas',
      id: 'id',
      turns: 'turns',
      handover: 'hand-over',
      rota: 'rota',
      guard: 'who',
      from: 'from',
      to: 'to',
      why: 'why',
    },
    every: {
      day: (time, first) => `each day at ${time}, from ${first}`,
      week: (time, first) => `each week at ${time}, from ${first}`,
    },
    why: {
      turn: 'turn',
      override: 'takes over',
      'nobodys-turn': 'turn of nobody',
      'before-first-turn': 'before the first turn',
      'empty-rota': 'empty rota',
    },
    nobody: 'NOBODY',
    none: { guards: 'There are no guards yet.', rotas: 'There is no rota yet.' },
    yes: 'yes',
    no: 'no',
    now: (name, rota, until) => `${name} is on duty (${rota}), until ${until}.`,
    after: (names) => `When there is no answer: ${names}.`,
    nobodyNow: 'Nobody is on duty now: an alarm stands on the console and is mailed to the operators.',
    next: (name, from) => `Next: ${name}, from ${from}.`,
    hole: (from, to) => `Nobody is on duty from ${from} to ${to}.`,
    withoutPhone: (name) => `${name} has no phone number.`,
    sms: (count, calls) =>
      count === 0
        ? 'No SMS can be sent: there is no path. An alarm only stands on the console and is mailed.'
        : `SMS goes over ${countInWords(count, 'en', paths.en)}${calls ? ', and calls can be made' : ''}.`,
    saved: (name) => `${name} is saved.`,
    removed: (name) => `${name} is gone.`,
    takesOver: (guard, rota, from, to) => `${guard} takes over in ${rota}, from ${from} to ${to}.`,
    calendar: (url) => `Address for your calendar (shown once): ${url}`,
    calendarEnded: 'The calendar’s address has ended.',
    tested: (name) => `A test SMS for ${name} is ready to go; look at the messages whether it arrives.`,
  },
});
