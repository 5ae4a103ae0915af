import { defineWords } from '../../../src/platform/words.ts';
import type { ProviderKind } from './provider-fields.ts';

type Means = 'sms' | 'call' | 'push' | 'webhook' | 'email';
interface FieldWords {
  label: string;
  hint?: string;
}

interface AlarmWords {
  channels: {
    title: string;
    about: string;
    means: Record<Means, string>;
    meansWhy: Record<Means, string>;
    none: Record<Means, string>;
    kinds: Record<ProviderKind | 'smtp', string>;
    kindsWhy: Record<ProviderKind, string>;
    add: string;
    addTitle: string;
    kind: string;
    change: string;
    changeTitle: (name: string) => string;
    remove: string;
    removeTitle: (name: string) => string;
    removeWhy: string;
    removed: string;
    off: string;
    never: string;
    canary: Record<'waiting' | 'working' | 'failing', (when: string) => string>;
    accepted: (when: string) => string;
    trouble: (when: string) => string;
    said: string;
    house: string;
    ordered: string;
    saved: string;
    hooks: Record<'inbound' | 'status', string>;
    hooksWhy: string;
    name: FieldWords;
    enabled: FieldWords;
    canaryTo: FieldWords;
    kept: string;
    fields: Record<string, FieldWords>;
    test: string;
    testTitle: (name: string) => string;
    testTo: FieldWords;
    testSend: string;
    tested: (ms: string) => string;
    testOpen: string;
    save: string;
  };
  places: {
    title: string;
    about: string;
    none: string;
    invite: string;
    inviteTitle: string;
    inviteAbout: string;
    name: FieldWords;
    make: string;
    made: (name: string) => string;
    madeAbout: string;
    command: string;
    until: (when: string) => string;
    done: string;
    remove: string;
    removeTitle: (name: string) => string;
    removeWhy: string;
    removed: (name: string) => string;
    seen: string;
    version: string;
    sms: string;
    noSms: string;
    rota: string;
    silent: (seconds: number) => string;
  };
  status: {
    title: string;
    about: string;
    none: string;
    add: string;
    addTitle: string;
    change: string;
    changeTitle: (name: string) => string;
    name: FieldWords;
    slug: FieldWords;
    of: string;
    customer: (name: string) => string;
    site: (name: string) => string;
    language: string;
    languages: { nl: string; en: string };
    enabled: FieldWords;
    save: string;
    saved: string;
    remove: string;
    removeTitle: (name: string) => string;
    removeWhy: string;
    removed: string;
    on: string;
    off: string;
    empty: string;
    see: string;
  };
  drills: {
    title: string;
    about: (goal: number) => string;
    last: (when: string, seconds: number) => string;
    lastFailed: (when: string) => string;
    never: string;
    runs: string;
    next: (when: string) => string;
    off: string;
    start: string;
    started: string;
    startTitle: string;
    startWhy: string;
    obstacle: Record<'no-guard' | 'no-sms' | 'no-watch' | 'page-fails', string>;
    failure: Record<'not-confirmed' | 'not-accepted' | 'too-late' | 'nobody-on-duty' | 'broken-off', string>;
    history: string;
    columns: Record<'when' | 'state' | 'confirmed' | 'accepted' | 'delivered' | 'acknowledged', string>;
    states: Record<'running' | 'passed' | 'failed', string>;
    seconds: (seconds: number) => string;
    weekly: string;
    weeklyHint: string;
    day: string;
    time: FieldWords;
    guard: string;
    onDuty: string;
    change: string;
    save: string;
    saved: string;
    more: string;
  };
}

export const alarmWords = defineWords<AlarmWords>({
  nl: {
    channels: {
      title: 'Kanalen voor alarm',
      about:
        'Langs deze wegen wordt wie dienst heeft gewekt. Weigert de eerste, of komt er binnen een minuut geen ontvangstbewijs, dan gaat dezelfde SMS langs de tweede.',
      means: { sms: 'SMS', call: 'Bellen', push: 'Push', webhook: 'Webhook', email: 'E-mail' },
      meansWhy: {
        sms: 'Twee wegen van twee bedrijven: de ene valt nooit samen met de andere uit.',
        call: 'Belt als er na drie minuten nog niemand heeft gereageerd.',
        push: 'Gaat mee met elke SMS, voor wie de app heeft.',
        webhook: 'Vertelt een ander systeem van elke storing, ondertekend.',
        email: 'Gaat over de mailserver van het bureau; staat onder Mail.',
      },
      none: {
        sms: 'Er kan geen SMS worden gestuurd.',
        call: 'Er kan niet worden gebeld.',
        push: 'Geen push ingesteld.',
        webhook: 'Geen webhook ingesteld.',
        email: 'Geen mailserver ingesteld.',
      },
      kinds: {
        twilio: 'Twilio (SMS)',
        'twilio-voice': 'Twilio (bellen)',
        smpp: 'SMPP',
        gammu: 'USB-modem (gammu)',
        'http-sms': 'SMS over HTTP',
        ntfy: 'ntfy',
        webhook: 'Webhook',
        smtp: 'Mailserver van het bureau',
      },
      kindsWhy: {
        twilio: 'Van Twilio, of van wie dezelfde taal spreekt.',
        'twilio-voice': 'Belt en leest het alarm voor.',
        smpp: 'De taal van telecombedrijven; voor een eigen SMS-contract.',
        gammu: 'Een modem met een simkaart aan deze machine: werkt ook als het internet dood is.',
        'http-sms': 'Elke andere SMS-dienst met een adres om iets naartoe te sturen.',
        ntfy: 'Een bericht in de ntfy-app.',
        webhook: 'Een ondertekend bericht naar een eigen adres.',
      },
      add: 'Kanaal toevoegen',
      addTitle: 'Een kanaal toevoegen',
      kind: 'Soort',
      change: 'Wijzigen',
      changeTitle: (name) => `${name} wijzigen`,
      remove: 'Verwijderen',
      removeTitle: (name) => `${name} verwijderen?`,
      removeWhy: 'Er gaan geen berichten meer langs deze weg. Wat ermee gestuurd is, blijft in het logboek.',
      removed: 'Het kanaal is weg.',
      off: 'staat uit',
      never: 'nog niet beproefd',
      canary: {
        waiting: (when) => `proef van ${when} onderweg`,
        working: (when) => `werkt, beproefd ${when}`,
        failing: (when) => `proef mislukt, ${when}`,
      },
      accepted: (when) => `laatste bericht ${when}`,
      trouble: (when) => `weigerde een bericht, ${when}`,
      said: 'De dienst zei',
      house: 'De mailserver stel je in onder Mail.',
      ordered: 'De volgorde is bewaard.',
      saved: 'Het kanaal is bewaard.',
      hooks: { inbound: 'Adres voor antwoorden', status: 'Adres voor ontvangstbewijzen' },
      hooksWhy: 'Geef deze adressen op bij de dienst, anders komen antwoorden en ontvangstbewijzen niet aan.',
      name: { label: 'Naam', hint: 'Zoals je haar in een tijdlijn wilt lezen.' },
      enabled: { label: 'Aan', hint: 'Uit: er gaat niets langs deze weg.' },
      canaryTo: {
        label: 'Dagelijkse proef naar',
        hint: 'Een nummer zoals +31612345678. Komt de proef niet aan, dan hoor je dat langs een andere weg.',
      },
      kept: 'Er is er een bewaard. Leeg = zo laten.',
      fields: {
        url: { label: 'Adres van de dienst' },
        accountSid: { label: 'Account SID' },
        from: { label: 'Afzender', hint: 'Een nummer zoals +31612345678, of een naam van hoogstens 11 letters.' },
        host: { label: 'Server' },
        port: { label: 'Poort' },
        tls: { label: 'Versleuteld (TLS)' },
        systemId: { label: 'System ID' },
        systemType: { label: 'System type' },
        outbox: { label: 'Map voor uitgaand', hint: 'De mappen van gammu-smsd met de dienst FILES.' },
        sent: { label: 'Map voor verzonden' },
        errors: { label: 'Map voor mislukt' },
        inbox: { label: 'Map voor binnenkomend' },
        httpUrl: { label: 'Adres', hint: '{to}, {text}, {reference} en {callback} worden ingevuld.' },
        method: { label: 'Methode' },
        contentType: { label: 'Vorm' },
        headers: { label: 'Kopregels', hint: 'Een per regel: Naam: waarde. {secret} wordt ingevuld.' },
        body: { label: 'Inhoud', hint: 'Leeg bij GET.' },
        success: { label: 'Gelukt als het antwoord past op', hint: 'Een reguliere expressie; leeg = elk 2xx.' },
        reference: { label: 'Naam van het bericht in het antwoord', hint: 'Een reguliere expressie met één groep.' },
        user: { label: 'Gebruiker' },
        authToken: { label: 'Auth token' },
        password: { label: 'Wachtwoord' },
        secret: { label: 'Geheim', hint: 'Komt op de plaats van {secret}.' },
        token: { label: 'Token of wachtwoord' },
        key: { label: 'Sleutel van de handtekening' },
      },
      test: 'Proef',
      testTitle: (name) => `${name} beproeven`,
      testTo: { label: 'Naar', hint: 'Een nummer zoals +31612345678, een mailadres of een onderwerp.' },
      testSend: 'Stuur een proefbericht',
      tested: (ms) => `Aangenomen na ${ms}.`,
      testOpen: 'Onderweg; of het aankomt staat straks in de lijst.',
      save: 'Bewaren',
    },
    places: {
      title: 'Tweede plekken',
      about:
        'Een tweede plek is een kleine machine elders die meekijkt voordat een storing er een is, en die zelf de SMS stuurt als Nachtwacht zwijgt.',
      none: 'Er is nog geen tweede plek. Zonder kijken we vijf keer in plaats van drie keer, en merkt niemand het als deze machine zelf omvalt.',
      invite: 'Tweede plek uitnodigen',
      inviteTitle: 'Een tweede plek uitnodigen',
      inviteAbout: 'Je krijgt één opdracht om op de andere machine te typen.',
      name: { label: 'Naam', hint: 'Kort, zoals FRANKFURT: zij staat in de SMS.' },
      make: 'Uitnodigen',
      made: (name) => `Typ dit op de machine van ${name}`,
      madeAbout: 'Het token zie je maar één keer.',
      command: 'Opdracht',
      until: (when) => `Geldig tot ${when}.`,
      done: 'Klaar',
      remove: 'Verwijderen',
      removeTitle: (name) => `${name} verwijderen?`,
      removeWhy: 'Wat deze plek zegt telt niet meer, en zij slaat geen alarm meer.',
      removed: (name) => `${name} is verwijderd.`,
      seen: 'gehoord',
      version: 'versie',
      sms: 'eigen SMS',
      noSms: 'geen eigen SMS: kan zelf niemand wekken',
      rota: 'kent de dienst tot',
      silent: (seconds) => `Na ${seconds} s stilte geldt een plek als weg, en slaat zij van haar kant zelf alarm.`,
    },
    status: {
      title: 'Statuspagina’s',
      about:
        'Een openbare pagina waar iedereen ziet of de sites van een klant bereikbaar zijn. Alleen wat jij aanzet is te zien.',
      none: 'Er is nog geen statuspagina.',
      add: 'Statuspagina maken',
      addTitle: 'Een statuspagina maken',
      change: 'Wijzigen',
      changeTitle: (name) => `${name} wijzigen`,
      name: { label: 'Titel', hint: 'Zoals bezoekers haar lezen.' },
      slug: { label: 'Laatste deel van het adres', hint: 'Kleine letters, cijfers en streepjes: bakkerij-de-wit.' },
      of: 'Waarvan',
      customer: (name) => `Alle sites van ${name}`,
      site: (name) => `Alleen ${name}`,
      language: 'Taal',
      languages: { nl: 'Nederlands', en: 'Engels' },
      enabled: { label: 'Openbaar', hint: 'Uit: alleen wij weten dat zij er is.' },
      save: 'Bewaren',
      saved: 'De statuspagina is bewaard.',
      remove: 'Weghalen',
      removeTitle: (name) => `${name} weghalen?`,
      removeWhy: 'Het adres werkt dan niet meer.',
      removed: 'De statuspagina is weg.',
      on: 'openbaar',
      off: 'staat uit',
      empty: 'heeft geen sites om te tonen',
      see: 'Bekijk',
    },
    drills: {
      title: 'Brandoefening',
      about: (goal) =>
        `Elke week valt een pagina van onszelf echt uit, en meten we hoe lang het duurt tot de SMS is aangenomen. Het doel is ${goal} s.`,
      last: (when, seconds) => `De laatste oefening, ${when}: SMS na ${seconds} s.`,
      lastFailed: (when) => `De laatste oefening, ${when}, is niet gelukt.`,
      never: 'Er is nog niet geoefend.',
      runs: 'Er loopt een oefening.',
      next: (when) => `De volgende: ${when}.`,
      off: 'De wekelijkse oefening staat uit.',
      start: 'Nu oefenen',
      started: 'De oefening is begonnen.',
      startTitle: 'Nu een brandoefening houden?',
      startWhy: 'Wie dienst heeft krijgt een echte SMS, met het woord OEFENING erin.',
      obstacle: {
        'no-guard': 'Er kan niet geoefend worden: niemand heeft dienst met een telefoonnummer.',
        'no-sms': 'Er kan niet geoefend worden: er is geen kanaal voor SMS.',
        'no-watch': 'Er kan niet geoefend worden: er draait geen wachter.',
        'page-fails':
          'Er kan niet geoefend worden: Nachtwacht bereikt zichzelf niet op het eigen adres (NACHTWACHT_URL).',
      },
      failure: {
        'not-confirmed': 'de wacht zag het niet',
        'not-accepted': 'de SMS werd niet aangenomen',
        'too-late': 'de SMS kwam te laat',
        'nobody-on-duty': 'niemand had dienst',
        'broken-off': 'afgebroken',
      },
      history: 'Gemeten tijden',
      columns: {
        when: 'Wanneer',
        state: 'Uitslag',
        confirmed: 'Bevestigd',
        accepted: 'SMS aangenomen',
        delivered: 'Ontvangen',
        acknowledged: 'Opgepakt',
      },
      states: { running: 'loopt', passed: 'gehaald', failed: 'niet gehaald' },
      seconds: (seconds) => `${seconds} s`,
      weekly: 'Elke week oefenen',
      weeklyHint: 'Dan weet je dat het alarm het doet, voordat je het nodig hebt.',
      day: 'Dag',
      time: { label: 'Tijd', hint: 'Zoals 10:30, in de tijdzone van het bureau.' },
      guard: 'Wie krijgt de SMS',
      onDuty: 'Wie dan dienst heeft',
      change: 'Tijd wijzigen',
      save: 'Bewaren',
      saved: 'Bewaard.',
      more: 'Alle oefeningen',
    },
  },
  en: {
    channels: {
      title: 'Channels for alarms',
      about:
        'These are the ways by which who is on duty is woken. When the first refuses, or no receipt comes within a minute, the same SMS goes by the second.',
      means: { sms: 'SMS', call: 'Calls', push: 'Push', webhook: 'Webhook', email: 'E-mail' },
      meansWhy: {
        sms: 'Two ways of two companies: the one never fails together with the other.',
        call: 'Calls when nobody has answered after three minutes.',
        push: 'Goes along with each SMS, for who has the app.',
        webhook: 'Tells another system of each outage, signed.',
        email: 'Goes over the mail server of the agency; see Mail.',
      },
      none: {
        sms: 'No SMS can be sent.',
        call: 'No calls can be made.',
        push: 'No push is set up.',
        webhook: 'No webhook is set up.',
        email: 'No mail server is set up.',
      },
      kinds: {
        twilio: 'Twilio (SMS)',
        'twilio-voice': 'Twilio (calls)',
        smpp: 'SMPP',
        gammu: 'USB modem (gammu)',
        'http-sms': 'SMS over HTTP',
        ntfy: 'ntfy',
        webhook: 'Webhook',
        smtp: 'Mail server of the agency',
      },
      kindsWhy: {
        twilio: 'Of Twilio, or of anybody who speaks as they do.',
        'twilio-voice': 'Calls and reads the alarm aloud.',
        smpp: 'The language of telecom companies; for an SMS contract of your own.',
        gammu: 'A modem with a SIM card at this machine: works when the Internet is dead too.',
        'http-sms': 'Any other SMS service with an address to send something to.',
        ntfy: 'A message in the ntfy app.',
        webhook: 'A signed message to an address of your own.',
      },
      add: 'Add a channel',
      addTitle: 'Add a channel',
      kind: 'Kind',
      change: 'Change',
      changeTitle: (name) => `Change ${name}`,
      remove: 'Remove',
      removeTitle: (name) => `Remove ${name}?`,
      removeWhy: 'No messages go this way any more. What was sent by it stays on record.',
      removed: 'The channel is gone.',
      off: 'is off',
      never: 'not tried yet',
      canary: {
        waiting: (when) => `trial of ${when} under way`,
        working: (when) => `works, tried ${when}`,
        failing: (when) => `trial failed, ${when}`,
      },
      accepted: (when) => `last message ${when}`,
      trouble: (when) => `refused a message, ${when}`,
      said: 'The service said',
      house: 'The mail server is set under Mail.',
      ordered: 'The order is saved.',
      saved: 'The channel is saved.',
      hooks: { inbound: 'Address for replies', status: 'Address for receipts' },
      hooksWhy: 'Give these addresses to the service, or replies and receipts do not arrive.',
      name: { label: 'Name', hint: 'As you want to read it in a timeline.' },
      enabled: { label: 'On', hint: 'Off: nothing goes this way.' },
      canaryTo: {
        label: 'Daily trial to',
        hint: 'A number such as +31612345678. When the trial does not arrive, you hear so by another way.',
      },
      kept: 'One is kept. Empty = leave it.',
      fields: {
        url: { label: 'Address of the service' },
        accountSid: { label: 'Account SID' },
        from: { label: 'Sender', hint: 'A number such as +31612345678, or a name of at most 11 letters.' },
        host: { label: 'Server' },
        port: { label: 'Port' },
        tls: { label: 'Encrypted (TLS)' },
        systemId: { label: 'System ID' },
        systemType: { label: 'System type' },
        outbox: { label: 'Folder for outgoing', hint: 'The folders of gammu-smsd with the service FILES.' },
        sent: { label: 'Folder for sent' },
        errors: { label: 'Folder for failed' },
        inbox: { label: 'Folder for incoming' },
        httpUrl: { label: 'Address', hint: '{to}, {text}, {reference} and {callback} are filled in.' },
        method: { label: 'Method' },
        contentType: { label: 'Form' },
        headers: { label: 'Headers', hint: 'One a line: Name: value. {secret} is filled in.' },
        body: { label: 'Body', hint: 'Empty for GET.' },
        success: { label: 'Worked when the answer matches', hint: 'A regular expression; empty = any 2xx.' },
        reference: { label: 'Name of the message in the answer', hint: 'A regular expression with one group.' },
        user: { label: 'User' },
        authToken: { label: 'Auth token' },
        password: { label: 'Password' },
        secret: { label: 'Secret', hint: 'Takes the place of {secret}.' },
        token: { label: 'Token or password' },
        key: { label: 'Key of the signature' },
      },
      test: 'Try it',
      testTitle: (name) => `Try ${name}`,
      testTo: { label: 'To', hint: 'A number such as +31612345678, a mail address or a topic.' },
      testSend: 'Send a test message',
      tested: (ms) => `Accepted after ${ms}.`,
      testOpen: 'On its way; the list will say whether it arrives.',
      save: 'Save',
    },
    places: {
      title: 'Second places',
      about:
        'A second place is a small machine elsewhere that looks along before an outage is one, and that sends the SMS itself when Nachtwacht is silent.',
      none: 'There is no second place yet. Without one we look five times instead of three, and nobody notices when this machine itself falls over.',
      invite: 'Invite a second place',
      inviteTitle: 'Invite a second place',
      inviteAbout: 'You get one command to type on the other machine.',
      name: { label: 'Name', hint: 'Short, such as FRANKFURT: it stands in the SMS.' },
      make: 'Invite',
      made: (name) => `Type this on the machine of ${name}`,
      madeAbout: 'The token is shown only once.',
      command: 'Command',
      until: (when) => `Valid until ${when}.`,
      done: 'Done',
      remove: 'Remove',
      removeTitle: (name) => `Remove ${name}?`,
      removeWhy: 'What this place says counts no more, and it raises no alarm any more.',
      removed: (name) => `${name} is removed.`,
      seen: 'heard',
      version: 'version',
      sms: 'SMS of its own',
      noSms: 'no SMS of its own: it cannot wake anybody by itself',
      rota: 'knows the rota until',
      silent: (seconds) =>
        `After ${seconds} s of silence a place counts as gone, and from its side raises the alarm itself.`,
    },
    status: {
      title: 'Status pages',
      about:
        'A public page on which everybody sees whether the sites of a customer can be reached. Only what you turn on can be seen.',
      none: 'There is no status page yet.',
      add: 'Make a status page',
      addTitle: 'Make a status page',
      change: 'Change',
      changeTitle: (name) => `Change ${name}`,
      name: { label: 'Title', hint: 'As visitors read it.' },
      slug: { label: 'Last part of its address', hint: 'Small letters, digits and hyphens: bakkerij-de-wit.' },
      of: 'Of what',
      customer: (name) => `All sites of ${name}`,
      site: (name) => `Only ${name}`,
      language: 'Language',
      languages: { nl: 'Dutch', en: 'English' },
      enabled: { label: 'Public', hint: 'Off: only we know that it is there.' },
      save: 'Save',
      saved: 'The status page is saved.',
      remove: 'Take away',
      removeTitle: (name) => `Take ${name} away?`,
      removeWhy: 'Its address then works no more.',
      removed: 'The status page is gone.',
      on: 'public',
      off: 'is off',
      empty: 'has no sites to show',
      see: 'See it',
    },
    drills: {
      title: 'Fire drill',
      about: (goal) =>
        `Each week a page of our own really goes down, and we measure how long it takes until the SMS is accepted. The goal is ${goal} s.`,
      last: (when, seconds) => `The last drill, ${when}: SMS after ${seconds} s.`,
      lastFailed: (when) => `The last drill, ${when}, did not pass.`,
      never: 'There has been no drill yet.',
      runs: 'A drill is under way.',
      next: (when) => `The next one: ${when}.`,
      off: 'The weekly drill is off.',
      start: 'Hold one now',
      started: 'The drill has begun.',
      startTitle: 'Hold a fire drill now?',
      startWhy: 'Who is on duty gets a real SMS, with the word DRILL in it.',
      obstacle: {
        'no-guard': 'No drill can be held: nobody with a phone number is on duty.',
        'no-sms': 'No drill can be held: there is no channel for SMS.',
        'no-watch': 'No drill can be held: no watcher is running.',
        'page-fails': 'No drill can be held: Nachtwacht does not reach itself at its own address (NACHTWACHT_URL).',
      },
      failure: {
        'not-confirmed': 'the watch did not see it',
        'not-accepted': 'the SMS was not accepted',
        'too-late': 'the SMS came too late',
        'nobody-on-duty': 'nobody was on duty',
        'broken-off': 'broken off',
      },
      history: 'Measured times',
      columns: {
        when: 'When',
        state: 'Outcome',
        confirmed: 'Confirmed',
        accepted: 'SMS accepted',
        delivered: 'Delivered',
        acknowledged: 'Taken',
      },
      states: { running: 'under way', passed: 'passed', failed: 'failed' },
      seconds: (seconds) => `${seconds} s`,
      weekly: 'Hold one each week',
      weeklyHint: 'Then you know that the alarm works before you need it.',
      day: 'Day',
      time: { label: 'Time', hint: 'Such as 10:30, in the time zone of the agency.' },
      guard: 'Who gets the SMS',
      onDuty: 'Who is on duty then',
      change: 'Change the time',
      save: 'Save',
      saved: 'Saved.',
      more: 'All drills',
    },
  },
});
