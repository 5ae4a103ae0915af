import { defineWords } from '../../src/platform/words.ts';

type Role = 'operator' | 'guard' | 'customer';

interface SignInWords {
  signIn: { heading: string; button: string; forgot: string; withPasskey: string; or: string };
  email: string;
  password: string;
  again: { heading: string; below: string; button: string };
  code: { heading: string; below: string; label: string; button: string; lost: string };
  recovery: { heading: string; below: string; label: string; button: string; back: string };
  back: string;
  forgotten: {
    heading: string;
    below: string;
    button: string;
    sentHeading: string;
    sent: (email: string) => string;
    noMailHeading: string;
    noMail: string;
  };
  entry: {
    looking: string;
    notValid: string;
    noSecret: string;
    toSignIn: string;
    signedIn: string;
    signOut: string;
    first: string;
    firstBelow: string;
    invited: (agency: string) => string;
    as: Record<Role, (customer: string | null) => string>;
    reset: string;
    resetBelow: string;
    newPassword: string;
    newPasswordBelow: string;
    name: string;
    nameHint: string;
    how: string;
    passkey: string;
    passkeyHint: string;
    passkeyOff: string;
    passwordChoice: string;
    passwordHint: string;
    passwordHintApp: string;
    makePasskey: string;
    setPassword: string;
    passwordRule: string;
    waiting: string;
    passwordDone: string;
    passwordDoneBelow: string;
    signInNow: string;
  };
  app: {
    heading: string;
    below: string;
    scan: string;
    qr: string;
    orType: string;
    secret: string;
    code: string;
    codeHint: string;
    button: string;
    later: string;
    askHeading: string;
    askBelow: string;
    askYes: string;
  };
  codes: {
    heading: string;
    below: string;
    list: string;
    download: string;
    file: string;
    fileHead: (agency: string, email: string) => string;
    kept: string;
    button: string;
  };
  confirm: { title: string; below: string; code: string; button: string };
}

export const signInWords = defineWords<SignInWords>({
  nl: {
    signIn: {
      heading: 'Goed dat je er bent.',
      button: 'Aanmelden',
      forgot: 'Wachtwoord vergeten?',
      withPasskey: 'Aanmelden met een passkey',
      or: 'of',
    },
    email: 'E-mailadres',
    password: 'Wachtwoord',
    again: {
      heading: 'Laat nog eens zien dat jij het bent.',
      below: 'Wat je wilt doen is niet zomaar terug te draaien. Daarom vragen we je wachtwoord en code nog een keer.',
      button: 'Bevestigen',
    },
    code: {
      heading: 'Nog één stap: je code.',
      below: 'Open je authenticator-app en neem de zes cijfers over.',
      label: 'Code uit je app',
      button: 'Verder',
      lost: 'Ik heb mijn app niet bij me',
    },
    recovery: {
      heading: 'Meld je aan met een herstelcode.',
      below: 'Die heb je gekregen toen je de app instelde. Elke code werkt één keer.',
      label: 'Herstelcode',
      button: 'Verder',
      back: 'Toch met de app',
    },
    back: 'Terug',
    forgotten: {
      heading: 'Een nieuw wachtwoord kiezen.',
      below: 'We mailen je een link waarmee je een nieuw wachtwoord kiest.',
      button: 'Mail me een link',
      sentHeading: 'Kijk in je mail.',
      sent: (email) =>
        `Is er een account voor ${email}, dan staat er zo een link in je mail. Hij werkt een uur. Niets gekregen? Kijk bij de ongewenste mail.`,
      noMailHeading: 'We kunnen hier geen mail sturen.',
      noMail: 'Vraag een beheerder om een link waarmee je je aanmelding opnieuw instelt.',
    },
    entry: {
      looking: 'Je link wordt bekeken.',
      notValid: 'Met deze link kom je er niet in.',
      noSecret: 'Open de link helemaal zoals hij je gestuurd is, ook het deel achter het hekje.',
      toSignIn: 'Naar aanmelden',
      signedIn: 'In deze browser is al iemand aangemeld.',
      signOut: 'Afmelden en verder met deze link',
      first: 'Welkom. Jij wordt de beheerder.',
      firstBelow: 'Dit is de enige keer dat dit zonder uitnodiging gaat. Daarna nodig je zelf anderen uit.',
      invited: (agency) => `Welkom bij ${agency}.`,
      as: {
        operator: () => 'Je wordt beheerder: je ziet alle sites en mag alles instellen.',
        guard: () => 'Je wordt bewaker: je ziet alle sites en kunt ingrijpen als er iets is.',
        customer: (customer) =>
          customer === null
            ? 'Je ziet hier hoe het met je sites is.'
            : `Je ziet hier hoe het met de sites van ${customer} is.`,
      },
      reset: 'Stel je aanmelding opnieuw in.',
      resetBelow: 'Je oude wachtwoord, passkeys, app en herstelcodes werken hierna niet meer.',
      newPassword: 'Kies een nieuw wachtwoord.',
      newPasswordBelow: 'Overal waar je nu aangemeld bent, word je afgemeld.',
      name: 'Je naam',
      nameHint: 'Zo zien je collega’s wie wat deed.',
      how: 'Hoe wil je je aanmelden?',
      passkey: 'Met een passkey',
      passkeyHint: 'Je vinger, gezicht of pincode van dit apparaat. Veilig en snel; geen wachtwoord nodig.',
      passkeyOff: 'Deze browser, of dit adres, kan geen passkeys maken.',
      passwordChoice: 'Met een wachtwoord',
      passwordHint: 'Een code uit een app erbij kan; dat stel je daarna in.',
      passwordHintApp: 'Met een code uit een authenticator-app erbij.',
      makePasskey: 'Passkey maken',
      setPassword: 'Verder',
      passwordRule: 'Minstens twaalf tekens. Vier losse woorden werken goed.',
      waiting: 'Je apparaat vraagt of jij het bent.',
      passwordDone: 'Je nieuwe wachtwoord is bewaard.',
      passwordDoneBelow: 'Meld je ermee aan; je tweede stap is dezelfde gebleven.',
      signInNow: 'Aanmelden',
    },
    app: {
      heading: 'Stel je tweede stap in.',
      below:
        'Een authenticator-app geeft elke halve minuut een nieuwe code. Wie alleen je wachtwoord kent, komt er dan niet in.',
      scan: '1. Scan dit plaatje met de app op je telefoon.',
      qr: 'QR-code voor je authenticator-app. Dezelfde sleutel staat hieronder als tekst.',
      orType: 'Kun je niet scannen? Typ dan deze sleutel over in de app.',
      secret: 'Sleutel',
      code: '2. Code die de app nu toont',
      codeHint: 'Zes cijfers.',
      button: 'Klaar',
      later: 'Nu niet',
      askHeading: 'Wil je een tweede stap?',
      askBelow:
        'Met een code uit een app is je account ook veilig als iemand je wachtwoord te weten komt. Je kunt het later altijd nog instellen.',
      askYes: 'Ja, instellen',
    },
    codes: {
      heading: 'Bewaar je herstelcodes.',
      below:
        'Ben je je telefoon kwijt, dan kom je hiermee binnen. Elke code werkt één keer. Je ziet ze alleen nu: bewaar ze in je wachtwoordkluis, of print ze.',
      list: 'Herstelcodes',
      download: 'Downloaden',
      file: 'herstelcodes.txt',
      fileHead: (agency, email) => `Herstelcodes van ${email} bij ${agency}. Elke code werkt één keer.`,
      kept: 'Ik heb ze bewaard',
      button: 'Verder',
    },
    confirm: {
      title: 'Laat nog eens zien dat jij het bent',
      below: 'Wat je wilt doen is niet zomaar terug te draaien.',
      code: 'Code uit je app',
      button: 'Bevestigen',
    },
  },
  en: {
    signIn: {
      heading: 'Good to see you.',
      button: 'Sign in',
      forgot: 'Forgot your password?',
      withPasskey: 'Sign in with a passkey',
      or: 'or',
    },
    email: 'E-mail address',
    password: 'Password',
    again: {
      heading: 'Show once more that it is you.',
      below: 'What you want to do is not easily undone. That is why we ask for your password and code again.',
      button: 'Confirm',
    },
    code: {
      heading: 'One more step: your code.',
      below: 'Open your authenticator app and type over its six digits.',
      label: 'Code from your app',
      button: 'Go on',
      lost: 'I do not have my app with me',
    },
    recovery: {
      heading: 'Sign in with a recovery code.',
      below: 'You got them when you set up the app. Each code works once.',
      label: 'Recovery code',
      button: 'Go on',
      back: 'Use the app after all',
    },
    back: 'Back',
    forgotten: {
      heading: 'Choose a new password.',
      below: 'We mail you a link by which you choose a new password.',
      button: 'Mail me a link',
      sentHeading: 'Look in your mail.',
      sent: (email) =>
        `If there is an account for ${email}, a link will be in your mail in a moment. It works for an hour. Nothing there? Look among the unwanted mail.`,
      noMailHeading: 'We cannot send mail here.',
      noMail: 'Ask an operator for a link to set up your sign-in anew.',
    },
    entry: {
      looking: 'Looking at your link.',
      notValid: 'This link does not let you in.',
      noSecret: 'Open the whole link as it was sent to you, with the part behind the #.',
      toSignIn: 'To sign-in',
      signedIn: 'Somebody is signed in already in this browser.',
      signOut: 'Sign out and go on with this link',
      first: 'Welcome. You become the operator.',
      firstBelow: 'This is the only time that it goes without an invitation. After that you invite others yourself.',
      invited: (agency) => `Welcome to ${agency}.`,
      as: {
        operator: () => 'You become an operator: you see all sites and may set everything.',
        guard: () => 'You become a guard: you see all sites and can step in when something is wrong.',
        customer: (customer) =>
          customer === null ? 'Here you see how your sites are.' : `Here you see how the sites of ${customer} are.`,
      },
      reset: 'Set up your sign-in anew.',
      resetBelow: 'Your old password, passkeys, app and recovery codes no longer work after this.',
      newPassword: 'Choose a new password.',
      newPasswordBelow: 'Wherever you are signed in now, you will be signed out.',
      name: 'Your name',
      nameHint: 'So your colleagues see who did what.',
      how: 'How do you want to sign in?',
      passkey: 'With a passkey',
      passkeyHint: "This device's finger, face or PIN. Safe and quick; no password needed.",
      passkeyOff: 'This browser, or this address, cannot make passkeys.',
      passwordChoice: 'With a password',
      passwordHint: 'A code from an app can go with it; you set that up afterwards.',
      passwordHintApp: 'Together with a code from an authenticator app.',
      makePasskey: 'Make a passkey',
      setPassword: 'Go on',
      passwordRule: 'At least twelve signs. Four loose words do well.',
      waiting: 'Your device asks whether it is you.',
      passwordDone: 'Your new password was kept.',
      passwordDoneBelow: 'Sign in with it; your second step is still the same.',
      signInNow: 'Sign in',
    },
    app: {
      heading: 'Set up your second step.',
      below:
        'An authenticator app gives a new code every half minute. Somebody who knows only your password cannot come in then.',
      scan: '1. Scan this picture with the app on your phone.',
      qr: 'QR code for your authenticator app. The same key stands below as text.',
      orType: 'Cannot scan? Type this key over into the app.',
      secret: 'Key',
      code: '2. The code that the app shows now',
      codeHint: 'Six digits.',
      button: 'Done',
      later: 'Not now',
      askHeading: 'Do you want a second step?',
      askBelow:
        'With a code from an app your account is safe even when somebody learns your password. You can still set it up later.',
      askYes: 'Yes, set it up',
    },
    codes: {
      heading: 'Keep your recovery codes.',
      below:
        'If you lose your phone, these let you in. Each code works once. You see them only now: keep them in your password manager, or print them.',
      list: 'Recovery codes',
      download: 'Download',
      file: 'recovery-codes.txt',
      fileHead: (agency, email) => `Recovery codes of ${email} at ${agency}. Each code works once.`,
      kept: 'I have kept them',
      button: 'Go on',
    },
    confirm: {
      title: 'Show once more that it is you',
      below: 'What you want to do is not easily undone.',
      code: 'Code from your app',
      button: 'Confirm',
    },
  },
});
