import { defineWords } from '../../src/platform/words.ts';
import type { MyRequest, MySite } from '../../src/portal/contract.ts';

type Reason = MySite['reason'];

interface PortalWords {
  caresFor: (agency: string) => string;
  /** Of one site, as the page's sentence. */
  states: Record<Reason, (site: string) => string>;
  /** In the list. */
  brief: Record<Reason, string>;
  below: Record<Reason, string>;
  allWell: (sites: number) => string;
  someNot: (busy: number) => string;
  noSites: string;
  noSitesBelow: string;
  sites: string;
  back: string;
  ago: { day: string; quarter: string };
  now: string;
  promises: string;
  backupAt: (when: string) => string;
  noBackup: string;
  how: Record<'daily' | 'hourly', string>;
  month: (kept: number, due: number) => string;
  nextBy: (when: string) => string;
  proof: string;
  noProof: string;
  proven: Record<'trial-restore' | 'restore', (when: string) => string>;
  notProven: string;
  backTo: (day: string) => string;
  noMoments: string;
  moments: (count: number) => string;
  fits: string;
  tooLarge: string;
  size: (used: string, limit: string) => string;
  ask: string;
  askBelow: string;
  askButton: string;
  waits: string;
  form: {
    title: string;
    below: string;
    day: string;
    leaveToUs: string;
    time: string;
    note: string;
    noteHint: string;
    send: string;
  };
  sent: string;
  requests: string;
  toMoment: (when: string) => string;
  toChosen: string;
  askedOn: string;
  by: (who: string) => string;
  requestStates: Record<MyRequest['state'], string>;
  answer: string;
  withdraw: string;
  withdrawTitle: string;
  withdrawBelow: string;
  withdrawn: string;
}

export const portalWords = defineWords<PortalWords>({
  nl: {
    caresFor: (agency) => `${agency} zorgt voor je site`,
    states: {
      'all-kept': (site) => `Alles is in orde met ${site}`,
      out: (site) => `${site} heeft een storing`,
      restoring: (site) => `We zetten ${site} terug`,
      'request-waits': (site) => `Je verzoek voor ${site} ligt bij ons`,
      'not-connected': (site) => `We zijn nog niet verbonden met ${site}`,
      'no-backup-yet': (site) => `De eerste backup van ${site} komt eraan`,
      overdue: (site) => `Een backup van ${site} is te laat`,
      paused: (site) => `De backups van ${site} staan stil`,
    },
    brief: {
      'all-kept': 'In orde',
      out: 'Storing; wij zijn ermee bezig',
      restoring: 'Wordt teruggezet',
      'request-waits': 'Je verzoek ligt bij ons',
      'not-connected': 'Nog niet verbonden',
      'no-backup-yet': 'Eerste backup komt eraan',
      overdue: 'Backup te laat; wij zijn ermee bezig',
      paused: 'Backups staan stil',
    },
    below: {
      'all-kept': 'Wat we beloofd hebben, is gedaan. Je hoeft niets te doen.',
      out: 'Wij zijn ermee bezig; je hoeft niets te doen.',
      restoring: 'Je site kan heel even niet bereikbaar zijn. Daarna is ze zoals op het gekozen moment.',
      'request-waits': 'Zodra we iets doen, lees je het hier.',
      'not-connected': 'Zodra dat kan, maken we de eerste backup. Je hoort van ons als we je nodig hebben.',
      'no-backup-yet': 'Daarna zie je hier wat er beloofd is, met het bewijs erbij.',
      overdue: 'Wij zijn ermee bezig; je hoeft niets te doen.',
      paused: 'Bel of mail ons als je niet weet waarom.',
    },
    allWell: (sites) => `Alles is in orde met je ${sites} sites`,
    someNot: (busy) => (busy === 1 ? 'Met één site zijn we bezig' : `Met ${busy} sites zijn we bezig`),
    noSites: 'Er staat nog geen site van jou bij ons.',
    noSitesBelow: 'Zodra wij je site onder onze hoede hebben, zie je haar hier.',
    sites: 'Je sites',
    back: 'Al je sites',
    ago: { day: '24 uur geleden', quarter: '90 dagen geleden' },
    now: 'nu',
    promises: 'Wat we beloofd hebben',
    backupAt: (when) => `Backup van ${when}`,
    noBackup: 'Nog geen backup',
    how: { daily: 'Elke nacht, buiten de deur bewaard.', hourly: 'Elk uur, buiten de deur bewaard.' },
    month: (kept, due) =>
      kept === due ? `Deze maand alle ${due} op tijd.` : `Deze maand ${kept} van de ${due} op tijd.`,
    nextBy: (when) => `De volgende komt uiterlijk ${when}.`,
    proof: 'Terugzetten werkt',
    noProof: 'Terugzetten wordt nog geprobeerd',
    proven: {
      'trial-restore': (when) => `Op proef teruggezet op ${when}: alles klopte.`,
      restore: (when) => `Teruggezet op ${when}: alles klopte.`,
    },
    notProven: 'Binnen een week zetten we een backup op proef terug en vergelijken alles.',
    backTo: (day) => `Terug tot ${day}`,
    noMoments: 'Nog niets om naar terug te gaan',
    moments: (count) => (count === 1 ? 'Eén moment om uit te kiezen.' : `${count} momenten om uit te kiezen.`),
    fits: 'Past ruim in je contract',
    tooLarge: 'Wordt groot voor je contract',
    size: (used, limit) => `Je site gebruikt ${used} van ${limit}.`,
    ask: 'Terug naar een eerder moment?',
    askBelow: 'Vraag het ons. We kijken eerst samen wat er zou veranderen, en wat er nu staat bewaren we.',
    askButton: 'Vraag om terugzetten',
    waits: 'Je hebt dit al gevraagd; je leest hieronder hoe het ermee staat.',
    form: {
      title: 'Vraag om terugzetten',
      below: 'Er verandert nog niets. Wij krijgen je verzoek en antwoorden hier.',
      day: 'Naar welke dag',
      leaveToUs: 'Het laatste goede moment; kies maar',
      time: 'Naar welk moment',
      note: 'Wat is er aan de hand?',
      noteHint: 'Bijvoorbeeld: sinds dinsdag is het menu weg.',
      send: 'Versturen',
    },
    sent: 'Je verzoek ligt bij ons.',
    requests: 'Wat je vroeg',
    toMoment: (when) => `Terug naar ${when}`,
    toChosen: 'Terug naar het laatste goede moment',
    askedOn: 'gevraagd',
    by: (who) => `door ${who}`,
    requestStates: {
      open: 'Ligt bij ons',
      accepted: 'We zijn ermee bezig',
      done: 'Gedaan',
      declined: 'Niet gedaan',
      withdrawn: 'Ingetrokken',
    },
    answer: 'Ons antwoord',
    withdraw: 'Intrekken',
    withdrawTitle: 'Je verzoek intrekken?',
    withdrawBelow: 'Wij doen er dan niets mee. Je kunt het later opnieuw vragen.',
    withdrawn: 'Je verzoek is ingetrokken.',
  },
  en: {
    caresFor: (agency) => `${agency} looks after your site`,
    states: {
      'all-kept': (site) => `All is well with ${site}`,
      out: (site) => `${site} has an outage`,
      restoring: (site) => `We are putting ${site} back`,
      'request-waits': (site) => `We have your request for ${site}`,
      'not-connected': (site) => `We are not connected with ${site} yet`,
      'no-backup-yet': (site) => `The first backup of ${site} is on its way`,
      overdue: (site) => `A backup of ${site} is late`,
      paused: (site) => `The backups of ${site} stand still`,
    },
    brief: {
      'all-kept': 'All is well',
      out: 'Outage; we are on it',
      restoring: 'Is being put back',
      'request-waits': 'We have your request',
      'not-connected': 'Not connected yet',
      'no-backup-yet': 'First backup on its way',
      overdue: 'Backup late; we are on it',
      paused: 'Backups stand still',
    },
    below: {
      'all-kept': 'What we promised has been done. There is nothing for you to do.',
      out: 'We are on it; there is nothing for you to do.',
      restoring: 'Your site may be away for a moment. After that it is as it was at the chosen moment.',
      'request-waits': 'As soon as we do something, you read it here.',
      'not-connected': 'As soon as we are, we make the first backup. We tell you when we need you.',
      'no-backup-yet': 'After that you see here what was promised, with its proof.',
      overdue: 'We are on it; there is nothing for you to do.',
      paused: 'Call or mail us when you do not know why.',
    },
    allWell: (sites) => `All is well with your ${sites} sites`,
    someNot: (busy) => (busy === 1 ? 'We are busy with one site' : `We are busy with ${busy} sites`),
    noSites: 'There is no site of yours with us yet.',
    noSitesBelow: 'As soon as your site is in our care, you see it here.',
    sites: 'Your sites',
    back: 'All your sites',
    ago: { day: '24 hours ago', quarter: '90 days ago' },
    now: 'now',
    promises: 'What we promised',
    backupAt: (when) => `Backup of ${when}`,
    noBackup: 'No backup yet',
    how: { daily: 'Every night, kept elsewhere.', hourly: 'Every hour, kept elsewhere.' },
    month: (kept, due) => (kept === due ? `This month all ${due} in time.` : `This month ${kept} of ${due} in time.`),
    nextBy: (when) => `The next one comes by ${when} at the latest.`,
    proof: 'Putting back works',
    noProof: 'Putting back is still to be tried',
    proven: {
      'trial-restore': (when) => `Put back on trial on ${when}: everything was right.`,
      restore: (when) => `Put back on ${when}: everything was right.`,
    },
    notProven: 'Within a week we put a backup back on trial and compare everything.',
    backTo: (day) => `Back to ${day}`,
    noMoments: 'Nothing to go back to yet',
    moments: (count) => (count === 1 ? 'One moment to choose from.' : `${count} moments to choose from.`),
    fits: 'Fits your contract well',
    tooLarge: 'Grows large for your contract',
    size: (used, limit) => `Your site uses ${used} of ${limit}.`,
    ask: 'Back to an earlier moment?',
    askBelow: 'Ask us. First we look together at what would change, and we keep what is there now.',
    askButton: 'Ask for a restore',
    waits: 'You asked for this already; below you read how it is going.',
    form: {
      title: 'Ask for a restore',
      below: 'Nothing changes yet. We get your request and answer here.',
      day: 'To which day',
      leaveToUs: 'The last good moment; you choose',
      time: 'To which moment',
      note: 'What is the matter?',
      noteHint: 'Such as: since Tuesday the menu is gone.',
      send: 'Send',
    },
    sent: 'We have your request.',
    requests: 'What you asked for',
    toMoment: (when) => `Back to ${when}`,
    toChosen: 'Back to the last good moment',
    askedOn: 'asked',
    by: (who) => `by ${who}`,
    requestStates: {
      open: 'We have it',
      accepted: 'We are on it',
      done: 'Done',
      declined: 'Not done',
      withdrawn: 'Withdrawn',
    },
    answer: 'Our answer',
    withdraw: 'Withdraw',
    withdrawTitle: 'Withdraw your request?',
    withdrawBelow: 'We then do nothing with it. You can ask again later.',
    withdrawn: 'Your request has been withdrawn.',
  },
});
