import { defineWords } from '../../src/platform/words.ts';

interface AccountWords {
  heading: (name: string) => string;
  signedInAs: (email: string, role: string) => string;
  roles: Record<'operator' | 'guard' | 'customer', string>;
  noPerson: string;
  noPersonNext: string;
  mustSetUp: string;
  mustSetUpBelow: string;
  done: string;
  toSites: string;
  profile: {
    title: string;
    name: string;
    language: string;
    browser: string;
    theme: string;
    save: string;
    saved: string;
  };
  themes: Record<'system' | 'light' | 'dark', string>;
  languages: Record<'nl' | 'en', string>;
  passkeys: {
    title: string;
    note: string;
    none: string;
    add: string;
    off: string;
    name: string;
    nameHint: string;
    added: string;
    made: string;
    synced: string;
    unnamed: string;
    remove: string;
    removeTitle: (name: string) => string;
    removeBelow: string;
    removed: string;
  };
  app: {
    title: string;
    on: string;
    off: string;
    offNeeded: string;
    needsPassword: string;
    setUp: string;
    remove: string;
    removeTitle: string;
    removeBelow: string;
    removed: string;
    codesLeft: (count: number) => string;
    newCodes: string;
    newCodesTitle: string;
    newCodesBelow: string;
  };
  password: {
    title: string;
    has: string;
    none: string;
    change: string;
    choose: string;
    current: string;
    next: string;
    rule: string;
    save: string;
    changed: string;
    changedElsewhere: string;
  };
  sessions: {
    title: string;
    note: string;
    device: (browser: string | null, system: string | null) => string;
    current: string;
    proof: Record<'password' | 'second-factor' | 'passkey', string>;
    lastUsed: string;
    signedIn: string;
    from: (address: string) => string;
    end: string;
    endOf: (device: string) => string;
    ended: string;
    endOthers: string;
    endedOthers: string;
    alone: string;
  };
}

export const accountWords = defineWords<AccountWords>({
  nl: {
    heading: (name) => `Jouw account, ${name}.`,
    signedInAs: (email, role) => `Aangemeld als ${email}, ${role}.`,
    roles: { operator: 'beheerder', guard: 'bewaker', customer: 'klant' },
    noPerson: 'Een token heeft geen account.',
    noPersonNext: 'Meld je aan als persoon om je account te zien.',
    mustSetUp: 'Stel eerst een tweede stap in.',
    mustSetUpBelow:
      'Wie voor de sites zorgt, meldt zich aan met meer dan een wachtwoord. Kies een passkey of een authenticator-app; daarna gaat alles open.',
    done: 'Klaar',
    toSites: 'Naar de sites',
    profile: {
      title: 'Over jou',
      name: 'Naam',
      language: 'Taal',
      browser: 'Zoals de browser',
      theme: 'Weergave',
      save: 'Bewaren',
      saved: 'Bewaard.',
    },
    themes: { system: 'Zoals het apparaat', light: 'Licht', dark: 'Donker' },
    languages: { nl: 'Nederlands', en: 'English' },
    passkeys: {
      title: 'Passkeys',
      note: 'Aanmelden met je vinger, gezicht of pincode',
      none: 'Je hebt nog geen passkey.',
      add: 'Passkey toevoegen',
      off: 'Deze browser, of dit adres, kan geen passkeys maken.',
      name: 'Naam van de passkey',
      nameHint: 'Zodat je hem later herkent, zoals ‘laptop werk’.',
      added: 'De passkey is bewaard.',
      made: 'gemaakt',
      synced: 'ook op je andere apparaten',
      unnamed: 'Passkey',
      remove: 'Verwijderen',
      removeTitle: (name) => `De passkey ‘${name}’ verwijderen?`,
      removeBelow:
        'Je kunt je er daarna niet meer mee aanmelden. Op je apparaat zelf blijft hij staan tot je hem daar weghaalt.',
      removed: 'De passkey is verwijderd.',
    },
    app: {
      title: 'Authenticator-app',
      on: 'Staat aan: bij je wachtwoord hoort een code uit je app.',
      off: 'Staat uit. Met een code uit een app is je account ook veilig als iemand je wachtwoord te weten komt.',
      offNeeded: 'Staat uit. In jouw rol is een tweede stap nodig: een authenticator-app of een passkey.',
      needsPassword: 'Een code uit een app hoort bij een wachtwoord. Kies eerst een wachtwoord.',
      setUp: 'Instellen',
      remove: 'Uitzetten',
      removeTitle: 'De authenticator-app uitzetten?',
      removeBelow: 'Je codes en herstelcodes werken daarna niet meer.',
      removed: 'De authenticator-app staat uit.',
      codesLeft: (count) =>
        count === 0
          ? 'Je hebt geen herstelcodes meer.'
          : count === 1
            ? 'Nog 1 herstelcode over.'
            : `Nog ${count} herstelcodes over.`,
      newCodes: 'Nieuwe herstelcodes',
      newCodesTitle: 'Nieuwe herstelcodes maken',
      newCodesBelow: 'Je oude herstelcodes werken daarna niet meer.',
    },
    password: {
      title: 'Wachtwoord',
      has: 'Je hebt een wachtwoord.',
      none: 'Je hebt geen wachtwoord; je meldt je aan met een passkey.',
      change: 'Wijzigen',
      choose: 'Een wachtwoord kiezen',
      current: 'Je wachtwoord nu',
      next: 'Nieuw wachtwoord',
      rule: 'Minstens twaalf tekens. Vier losse woorden werken goed.',
      save: 'Bewaren',
      changed: 'Je wachtwoord is gewijzigd. Overal elders ben je afgemeld.',
      changedElsewhere: 'Overal waar je nu aangemeld bent, behalve hier, word je afgemeld.',
    },
    sessions: {
      title: 'Waar je bent aangemeld',
      note: 'Herken je er een niet? Beëindig hem, en wijzig je wachtwoord.',
      device: (browser, system) =>
        browser && system ? `${browser} op ${system}` : (browser ?? system ?? 'Onbekend apparaat'),
      current: 'dit apparaat',
      proof: { password: 'met wachtwoord', 'second-factor': 'met wachtwoord en code', passkey: 'met passkey' },
      lastUsed: 'Laatst gebruikt',
      signedIn: 'aangemeld',
      from: (address) => `vanaf ${address}`,
      end: 'Afmelden',
      endOf: (device) => `Afmelden: ${device}`,
      ended: 'Daar ben je nu afgemeld.',
      endOthers: 'Overal elders afmelden',
      endedOthers: 'Je bent nu alleen hier nog aangemeld.',
      alone: 'Alleen hier.',
    },
  },
  en: {
    heading: (name) => `Your account, ${name}.`,
    signedInAs: (email, role) => `Signed in as ${email}, ${role}.`,
    roles: { operator: 'operator', guard: 'guard', customer: 'customer' },
    noPerson: 'A token has no account.',
    noPersonNext: 'Sign in as a person to see your account.',
    mustSetUp: 'Set up a second step first.',
    mustSetUpBelow:
      'Who takes care of the sites signs in with more than a password. Choose a passkey or an authenticator app; then everything opens.',
    done: 'Done',
    toSites: 'To the sites',
    profile: {
      title: 'About you',
      name: 'Name',
      language: 'Language',
      browser: 'As the browser says',
      theme: 'Appearance',
      save: 'Save',
      saved: 'Saved.',
    },
    themes: { system: 'As the device says', light: 'Light', dark: 'Dark' },
    languages: { nl: 'Nederlands', en: 'English' },
    passkeys: {
      title: 'Passkeys',
      note: 'Sign in with your finger, face or PIN',
      none: 'You have no passkey yet.',
      add: 'Add a passkey',
      off: 'This browser, or this address, cannot make passkeys.',
      name: 'Name of the passkey',
      nameHint: 'So that you recognise it later, such as ‘work laptop’.',
      added: 'The passkey was kept.',
      made: 'made',
      synced: 'on your other devices too',
      unnamed: 'Passkey',
      remove: 'Remove',
      removeTitle: (name) => `Remove the passkey ‘${name}’?`,
      removeBelow: 'You cannot sign in with it after that. On your device itself it stays until you remove it there.',
      removed: 'The passkey was removed.',
    },
    app: {
      title: 'Authenticator app',
      on: 'On: a code from your app goes with your password.',
      off: 'Off. With a code from an app your account is safe even when somebody learns your password.',
      offNeeded: 'Off. Your role needs a second step: an authenticator app or a passkey.',
      needsPassword: 'A code from an app goes with a password. Choose a password first.',
      setUp: 'Set up',
      remove: 'Turn off',
      removeTitle: 'Turn off the authenticator app?',
      removeBelow: 'Your codes and recovery codes no longer work after that.',
      removed: 'The authenticator app is off.',
      codesLeft: (count) =>
        count === 0
          ? 'You have no recovery codes left.'
          : count === 1
            ? '1 recovery code left.'
            : `${count} recovery codes left.`,
      newCodes: 'New recovery codes',
      newCodesTitle: 'Make new recovery codes',
      newCodesBelow: 'Your old recovery codes no longer work after that.',
    },
    password: {
      title: 'Password',
      has: 'You have a password.',
      none: 'You have no password; you sign in with a passkey.',
      change: 'Change',
      choose: 'Choose a password',
      current: 'Your password now',
      next: 'New password',
      rule: 'At least twelve signs. Four loose words do well.',
      save: 'Save',
      changed: 'Your password was changed. Everywhere else you were signed out.',
      changedElsewhere: 'Wherever you are signed in now, except here, you will be signed out.',
    },
    sessions: {
      title: 'Where you are signed in',
      note: 'You do not recognise one? End it, and change your password.',
      device: (browser, system) =>
        browser && system ? `${browser} on ${system}` : (browser ?? system ?? 'Unknown device'),
      current: 'this device',
      proof: { password: 'with password', 'second-factor': 'with password and code', passkey: 'with passkey' },
      lastUsed: 'Last used',
      signedIn: 'signed in',
      from: (address) => `from ${address}`,
      end: 'Sign out',
      endOf: (device) => `Sign out: ${device}`,
      ended: 'You are signed out there.',
      endOthers: 'Sign out everywhere else',
      endedOthers: 'You are signed in here only.',
      alone: 'Here only.',
    },
  },
});
