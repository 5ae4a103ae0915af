import { defineWords } from '../../../src/platform/words.ts';

type Role = 'operator' | 'guard' | 'customer';

interface PeopleWords {
  heading: (people: number) => string;
  waiting: (invitations: number) => string;
  below: string;
  invite: string;
  caption: string;
  columns: { person: string; role: string; step: string; seen: string; actions: string };
  roles: Record<Role, string>;
  roleHints: Record<Role, string>;
  you: string;
  step: { app: string; passkeys: (count: number) => string; none: string };
  deactivated: string;
  never: string;
  actionsFor: (name: string) => string;
  changeRole: string;
  resetLink: string;
  deactivate: string;
  reactivate: string;
  reactivated: (name: string) => string;
  deactivateTitle: (name: string) => string;
  deactivateBelow: string;
  deactivatedToast: (name: string) => string;
  roleTitle: (name: string) => string;
  roleChanged: (name: string) => string;
  save: string;
  resetTitle: (name: string) => string;
  resetBelow: string;
  resetMake: string;
  form: {
    title: string;
    below: string;
    email: string;
    name: string;
    role: string;
    customer: string;
    chooseCustomer: string;
    noCustomers: string;
    language: string;
    send: string;
  };
  languages: Record<'nl' | 'en', string>;
  sent: (email: string) => string;
  handOver: string;
  handOverBelow: (email: string) => string;
  noMailServer: string;
  mailProblem: (said: string) => string;
  link: string;
  ready: string;
  invitations: {
    title: string;
    note: string;
    by: (who: string) => string;
    mailed: string;
    notMailed: string;
    until: string;
    expired: string;
    resend: string;
    resendTo: (email: string) => string;
    revoke: string;
    revokeOf: (email: string) => string;
    revokeTitle: (email: string) => string;
    revokeBelow: string;
    revoked: string;
  };
}

export const peopleWords = defineWords<PeopleWords>({
  nl: {
    heading: (people) => (people === 1 ? 'Alleen jij komt hier binnen.' : `${people} mensen komen hier binnen.`),
    waiting: (count) => (count === 1 ? 'Eén uitnodiging staat open.' : `${count} uitnodigingen staan open.`),
    below: 'Beheerders mogen alles, bewakers zien alles en grijpen in, klanten zien hun eigen sites.',
    invite: 'Iemand uitnodigen',
    caption: 'Mensen',
    columns: { person: 'Wie', role: 'Rol', step: 'Tweede stap', seen: 'Laatst gezien', actions: 'Wat je kunt doen' },
    roles: { operator: 'Beheerder', guard: 'Bewaker', customer: 'Klant' },
    roleHints: {
      operator: 'Ziet alles en mag alles, ook mensen uitnodigen en instellingen wijzigen.',
      guard: 'Ziet alle sites en grijpt in: backups, terugzetten, metingen.',
      customer: 'Ziet alleen de sites van één klant, en kan om terugzetten vragen.',
    },
    you: 'jij',
    step: {
      app: 'app',
      passkeys: (count) => (count === 1 ? '1 passkey' : `${count} passkeys`),
      none: 'geen',
    },
    deactivated: 'Toegang beëindigd',
    never: 'nog niet',
    actionsFor: (name) => `Meer over ${name}`,
    changeRole: 'Rol wijzigen',
    resetLink: 'Aanmelding opnieuw laten instellen',
    deactivate: 'Toegang beëindigen',
    reactivate: 'Weer toegang geven',
    reactivated: (name) => `${name} heeft weer toegang.`,
    deactivateTitle: (name) => `De toegang van ${name} beëindigen?`,
    deactivateBelow:
      'Overal waar deze persoon is aangemeld, wordt hij afgemeld. Wat hij deed blijft in het logboek. Je kunt later weer toegang geven.',
    deactivatedToast: (name) => `De toegang van ${name} is beëindigd.`,
    roleTitle: (name) => `De rol van ${name}`,
    roleChanged: (name) => `De rol van ${name} is gewijzigd.`,
    save: 'Bewaren',
    resetTitle: (name) => `De aanmelding van ${name} opnieuw laten instellen`,
    resetBelow:
      'Voor wie wachtwoord, passkeys en codes kwijt is. De link werkt één keer, een dag lang. Zolang hij niet gebruikt is, verandert er niets.',
    resetMake: 'Link sturen',
    form: {
      title: 'Iemand uitnodigen',
      below: 'Deze persoon krijgt een mail met een link die een week werkt.',
      email: 'E-mailadres',
      name: 'Naam',
      role: 'Rol',
      customer: 'Klant',
      chooseCustomer: 'Kies een klant',
      noCustomers: 'Er zijn nog geen klanten; voeg er eerst een toe.',
      language: 'Taal van de mail',
      send: 'Uitnodigen',
    },
    languages: { nl: 'Nederlands', en: 'Engels' },
    sent: (email) => `De mail aan ${email} is onderweg.`,
    handOver: 'Geef deze link zelf door',
    handOverBelow: (email) =>
      `Wie deze link opent, komt binnen als ${email}. Geef hem dus alleen aan die persoon. Je ziet hem alleen nu.`,
    noMailServer: 'Er is geen mailserver ingesteld, dus er ging geen mail uit.',
    mailProblem: (said) => `De mailserver nam de mail niet aan: ${said}`,
    link: 'Link',
    ready: 'Klaar',
    invitations: {
      title: 'Openstaande uitnodigingen',
      note: 'Een link werkt één keer',
      by: (who) => `uitgenodigd door ${who}`,
      mailed: 'gemaild',
      notMailed: 'niet gemaild',
      until: 'geldig tot',
      expired: 'Verlopen',
      resend: 'Opnieuw sturen',
      resendTo: (email) => `Opnieuw sturen aan ${email}`,
      revoke: 'Intrekken',
      revokeOf: (email) => `De uitnodiging van ${email} intrekken`,
      revokeTitle: (email) => `De uitnodiging van ${email} intrekken?`,
      revokeBelow: 'De link in de mail werkt dan niet meer. Je kunt deze persoon later opnieuw uitnodigen.',
      revoked: 'De uitnodiging is ingetrokken.',
    },
  },
  en: {
    heading: (people) => (people === 1 ? 'Only you can come in here.' : `${people} people can come in here.`),
    waiting: (count) => (count === 1 ? 'One invitation is open.' : `${count} invitations are open.`),
    below: 'Operators may do everything, guards see everything and step in, customers see their own sites.',
    invite: 'Invite somebody',
    caption: 'People',
    columns: { person: 'Who', role: 'Role', step: 'Second step', seen: 'Last seen', actions: 'What you can do' },
    roles: { operator: 'Operator', guard: 'Guard', customer: 'Customer' },
    roleHints: {
      operator: 'Sees and may do everything, also invite people and change settings.',
      guard: 'Sees all sites and steps in: backups, restores, measurements.',
      customer: 'Sees the sites of one customer only, and can ask for a restore.',
    },
    you: 'you',
    step: {
      app: 'app',
      passkeys: (count) => (count === 1 ? '1 passkey' : `${count} passkeys`),
      none: 'none',
    },
    deactivated: 'Access ended',
    never: 'not yet',
    actionsFor: (name) => `More about ${name}`,
    changeRole: 'Change role',
    resetLink: 'Have sign-in set up anew',
    deactivate: 'End access',
    reactivate: 'Give access again',
    reactivated: (name) => `${name} has access again.`,
    deactivateTitle: (name) => `End the access of ${name}?`,
    deactivateBelow:
      'Wherever this person is signed in, he is signed out. What he did stays in the audit trail. You can give access again later.',
    deactivatedToast: (name) => `The access of ${name} was ended.`,
    roleTitle: (name) => `The role of ${name}`,
    roleChanged: (name) => `The role of ${name} was changed.`,
    save: 'Save',
    resetTitle: (name) => `Have the sign-in of ${name} set up anew`,
    resetBelow:
      'For who lost password, passkeys and codes. The link works once, for a day. As long as it is not used, nothing changes.',
    resetMake: 'Send a link',
    form: {
      title: 'Invite somebody',
      below: 'This person gets a mail with a link that works for a week.',
      email: 'E-mail address',
      name: 'Name',
      role: 'Role',
      customer: 'Customer',
      chooseCustomer: 'Choose a customer',
      noCustomers: 'There are no customers yet; add one first.',
      language: 'Language of the mail',
      send: 'Invite',
    },
    languages: { nl: 'Dutch', en: 'English' },
    sent: (email) => `The mail to ${email} is on its way.`,
    handOver: 'Hand this link over yourself',
    handOverBelow: (email) =>
      `Who opens this link comes in as ${email}. So give it to that person only. You see it only now.`,
    noMailServer: 'No mail server is set up, so no mail went out.',
    mailProblem: (said) => `The mail server did not take the mail: ${said}`,
    link: 'Link',
    ready: 'Done',
    invitations: {
      title: 'Open invitations',
      note: 'A link works once',
      by: (who) => `invited by ${who}`,
      mailed: 'mailed',
      notMailed: 'not mailed',
      until: 'valid until',
      expired: 'Expired',
      resend: 'Send again',
      resendTo: (email) => `Send again to ${email}`,
      revoke: 'Withdraw',
      revokeOf: (email) => `Withdraw the invitation of ${email}`,
      revokeTitle: (email) => `Withdraw the invitation of ${email}?`,
      revokeBelow: 'The link in the mail then no longer works. You can invite this person again later.',
      revoked: 'The invitation was withdrawn.',
    },
  },
});
