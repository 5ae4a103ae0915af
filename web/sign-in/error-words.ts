import { ORPCError } from '@orpc/client';
import { useMemo } from 'react';
import { defineWords, type Language } from '../../src/platform/words.ts';
import { apiErrorOf, type ApiError } from '../api.ts';
import { useLanguage } from '../ui/language.tsx';
import { timeOnly } from '../ui/moment-words.ts';

type Told = [sentence: string, nextStep: string];
type Teller = (error: ApiError, until: string) => Told;

const linkStates: Record<Language, Record<string, string>> = {
  nl: {
    used: 'Deze link is al gebruikt; hij werkt één keer.',
    revoked: 'Deze link is ingetrokken, of er is een nieuwere.',
    expired: 'Deze link is verlopen.',
    unknown: 'Deze link kennen we niet.',
  },
  en: {
    used: 'This link was used already; it works once.',
    revoked: 'This link was withdrawn, or there is a newer one.',
    expired: 'This link has expired.',
    unknown: 'We do not know this link.',
  },
};

const tellers = defineWords<Record<string, Teller>>({
  nl: {
    'invalid-email-or-password': () => [
      'Het e-mailadres of wachtwoord klopt niet.',
      'Kijk het na en probeer het opnieuw.',
    ],
    'invalid-email': () => ['Dit is geen e-mailadres.', 'Vul je hele e-mailadres in.'],
    'invalid-code': () => ['Deze code klopt niet.', 'Neem de code die nu in je app staat.'],
    'code-used': () => [
      'Deze code is al gebruikt.',
      'Wacht op de volgende code in je app; dat duurt hooguit een halve minuut.',
    ],
    'invalid-backup-code': () => ['Deze herstelcode klopt niet.', 'Elke herstelcode werkt één keer; neem een andere.'],
    'invalid-two-factor-cookie': () => ['Het aanmelden duurde te lang.', 'Begin opnieuw met je wachtwoord.'],
    'too-many-attempts-request-new-code': () => ['Te vaak een verkeerde code.', 'Begin opnieuw met je wachtwoord.'],
    'account-temporarily-locked': () => [
      'Te vaak een verkeerde code.',
      'Probeer het over een kwartier opnieuw, of gebruik een passkey.',
    ],
    'locked-out': (_, until) => [
      `Er ging te vaak iets mis. Om ${until} kun je het opnieuw proberen.`,
      'Met een passkey kom je nu al binnen. Weet je het niet meer? Vraag een link om je aanmelding opnieuw in te stellen.',
    ],
    'too-many-requests': (_, until) => ['Dat ging wel erg vaak achter elkaar.', `Probeer het om ${until} opnieuw.`],
    'access-ended': () => ['Je toegang is beëindigd.', 'Denk je dat dit niet klopt? Neem contact op met het bureau.'],
    'passkey-needed': () => [
      'Bij dit account hoort een passkey.',
      'Meld je aan met je passkey. Ben je die kwijt? Vraag een beheerder om een link.',
    ],
    'passkey-not-found': () => [
      'Deze passkey kennen we niet (meer).',
      'Meld je aan met je wachtwoord, of met een andere passkey.',
    ],
    'authentication-failed': () => ['De passkey werkte niet.', 'Probeer het opnieuw.'],
    'challenge-not-found': () => ['Het duurde te lang.', 'Probeer het opnieuw.'],
    'passkey-unverified': () => [
      'Je apparaat heeft niet gecontroleerd of jij het was.',
      'Zet een pincode, vinger of gezicht aan voor deze passkey, of gebruik een andere.',
    ],
    'previously-registered': () => ['Deze passkey is er al.', 'Je hoeft niets meer te doen.'],
    'link-not-valid': ({ details }) => [
      linkStates.nl[String(details['state'])] ?? linkStates.nl['unknown'] ?? '',
      'Vraag een nieuwe aan wie je hem stuurde.',
    ],
    'operator-there': () => ['Er is al een beheerder.', 'Meld je aan, of vraag de beheerder om een uitnodiging.'],
    'email-missing': () => ['Je e-mailadres ontbreekt.', 'Vul het in; daarmee meld je je aan.'],
    'email-taken': () => [
      'Voor dit e-mailadres is er al een account.',
      'Kijk in de lijst met mensen: daar wijzig je de rol of geef je weer toegang.',
    ],
    'password-too-short': () => [
      'Dit wachtwoord is te kort.',
      'Neem minstens twaalf tekens; vier losse woorden werken goed.',
    ],
    'password-too-long': () => ['Dit wachtwoord is te lang.', 'Neem hooguit 128 tekens.'],
    'password-too-common': () => [
      'Dit wachtwoord is te makkelijk te raden.',
      'Laat namen, jaartallen en rijtjes weg; vier losse woorden werken goed.',
    ],
    'invalid-password': () => ['Je wachtwoord klopt niet.', 'Probeer het opnieuw.'],
    'confirm-wrong': () => ['Je wachtwoord of code klopt niet.', 'Probeer het opnieuw, of gebruik een passkey.'],
    'signed-in-already': () => ['In deze browser is al iemand aangemeld.', 'Meld je eerst af en open de link opnieuw.'],
    'not-signed-in': () => ['Je bent niet meer aangemeld.', 'Meld je opnieuw aan.'],
    unauthorized: () => ['Je bent niet meer aangemeld.', 'Meld je opnieuw aan.'],
    'sign-in-not-fresh': () => [
      'Laat hiervoor nog eens zien dat jij het bent.',
      'Bevestig met je wachtwoord en code, of met een passkey.',
    ],
    'second-factor-needed': () => ['Stel eerst een tweede stap in.', 'Dat doe je bij je account.'],
    'session-not-found': () => ['Deze aanmelding was al beëindigd.', 'Kijk opnieuw in de lijst.'],
    'last-way-in': () => [
      'Met deze passkey meld je je aan; een andere manier heb je niet.',
      'Kies eerst een wachtwoord of voeg een andere passkey toe.',
    ],
    'last-second-factor': () => [
      'Deze passkey is je enige tweede stap.',
      'Stel eerst een authenticator-app in of voeg een andere passkey toe.',
    ],
    'invited-already': () => [
      'Dit e-mailadres is al uitgenodigd.',
      'Stuur die uitnodiging opnieuw, of trek haar eerst in.',
    ],
    'invitation-not-found': () => ['Deze uitnodiging staat niet meer open.', 'Ze is gebruikt of ingetrokken.'],
    'person-not-found': () => ['Deze persoon is er niet.', 'Kijk opnieuw in de lijst.'],
    'not-yourself': () => ['Dit kun je niet met je eigen account doen.', 'Vraag een andere beheerder.'],
    'last-operator': () => ['Dit is de laatste beheerder.', 'Maak eerst iemand anders beheerder.'],
    'on-the-machine-only': () => [
      'De aanmelding van een beheerder stel je alleen op de machine zelf opnieuw in.',
      'Daar: het commando operator reset-link, met het e-mailadres.',
    ],
    'customer-needed': () => ['Kies bij welke klant deze persoon hoort.', ''],
    'not-allowed': () => ['Dat mag je niet.', 'Vraag het een beheerder.'],
    'failed-to-verify-registration': () => ['De passkey is niet bewaard.', 'Probeer het opnieuw.'],
  },
  en: {
    'invalid-email-or-password': () => ['The e-mail address or the password is not right.', 'Check it and try again.'],
    'invalid-email': () => ['This is no e-mail address.', 'Fill in your whole e-mail address.'],
    'invalid-code': () => ['This code is not right.', 'Take the code that is in your app now.'],
    'code-used': () => ['This code was used already.', 'Wait for the next code in your app; half a minute at most.'],
    'invalid-backup-code': () => [
      'This recovery code is not right.',
      'Each recovery code works once; take another one.',
    ],
    'invalid-two-factor-cookie': () => ['Signing in took too long.', 'Begin again with your password.'],
    'too-many-attempts-request-new-code': () => ['Too many wrong codes.', 'Begin again with your password.'],
    'account-temporarily-locked': () => [
      'Too many wrong codes.',
      'Try again in a quarter of an hour, or use a passkey.',
    ],
    'locked-out': (_, until) => [
      `Too many attempts went wrong. You can try again at ${until}.`,
      'With a passkey you can come in now. Forgotten it? Ask for a link to set up your sign-in anew.',
    ],
    'too-many-requests': (_, until) => ['That was very often in a short time.', `Try again at ${until}.`],
    'access-ended': () => ['Your access was ended.', 'Do you think that this is wrong? Ask the agency.'],
    'passkey-needed': () => [
      'This account is opened with a passkey.',
      'Sign in with your passkey. Lost it? Ask an operator for a link.',
    ],
    'passkey-not-found': () => [
      'We do not know this passkey (any more).',
      'Sign in with your password, or with another passkey.',
    ],
    'authentication-failed': () => ['The passkey did not work.', 'Try again.'],
    'challenge-not-found': () => ['It took too long.', 'Try again.'],
    'passkey-unverified': () => [
      'Your device did not check that it was you.',
      'Turn on a PIN, finger or face for this passkey, or use another one.',
    ],
    'previously-registered': () => ['This passkey is there already.', 'There is nothing more to do.'],
    'link-not-valid': ({ details }) => [
      linkStates.en[String(details['state'])] ?? linkStates.en['unknown'] ?? '',
      'Ask who sent it to you for a new one.',
    ],
    'operator-there': () => ['There is an operator already.', 'Sign in, or ask the operator for an invitation.'],
    'email-missing': () => ['Your e-mail address is missing.', 'Fill it in; you sign in with it.'],
    'email-taken': () => [
      'There is an account for this e-mail address already.',
      'Look at the list of people: change the role there, or give access again.',
    ],
    'password-too-short': () => [
      'This password is too short.',
      'Take at least twelve signs; four loose words do well.',
    ],
    'password-too-long': () => ['This password is too long.', 'Take at most 128 signs.'],
    'password-too-common': () => [
      'This password is too easy to guess.',
      'Leave out names, years and rows; four loose words do well.',
    ],
    'invalid-password': () => ['Your password is not right.', 'Try again.'],
    'confirm-wrong': () => ['Your password or code is not right.', 'Try again, or use a passkey.'],
    'signed-in-already': () => [
      'Somebody is signed in already in this browser.',
      'Sign out first and open the link again.',
    ],
    'not-signed-in': () => ['You are not signed in any more.', 'Sign in again.'],
    unauthorized: () => ['You are not signed in any more.', 'Sign in again.'],
    'sign-in-not-fresh': () => [
      'For this, show once more that it is you.',
      'Confirm with your password and code, or with a passkey.',
    ],
    'second-factor-needed': () => ['Set up a second step first.', 'You do that at your account.'],
    'session-not-found': () => ['This sign-in had ended already.', 'Look at the list again.'],
    'last-way-in': () => [
      'This passkey is the only way by which you sign in.',
      'Choose a password or add another passkey first.',
    ],
    'last-second-factor': () => [
      'This passkey is your only second step.',
      'Set up an authenticator app or add another passkey first.',
    ],
    'invited-already': () => [
      'This e-mail address was invited already.',
      'Send that invitation again, or withdraw it first.',
    ],
    'invitation-not-found': () => ['This invitation is not open any more.', 'It was used or withdrawn.'],
    'person-not-found': () => ['This person is not there.', 'Look at the list again.'],
    'not-yourself': () => ['You cannot do this to your own account.', 'Ask another operator.'],
    'last-operator': () => ['This is the last operator.', 'Make somebody else an operator first.'],
    'on-the-machine-only': () => [
      "An operator's sign-in is set up anew on the machine itself only.",
      'There: the command operator reset-link, with the e-mail address.',
    ],
    'customer-needed': () => ['Choose the customer that this person belongs to.', ''],
    'not-allowed': () => ['You may not do that.', 'Ask an operator.'],
    'failed-to-verify-registration': () => ['The passkey was not kept.', 'Try again.'],
  },
});

/** An error of signing in, told in the reader's language; any other as it is. */
export function toldError(thrown: unknown, language: Language): unknown {
  if (!thrown) return undefined;
  const error = apiErrorOf(thrown);
  const teller = tellers(language)[error.code];
  if (!teller) return thrown;
  const { until } = error.details;
  // Rounded up: at the minute that is named it is open again.
  const moment = typeof until === 'string' ? timeOnly(new Date(Date.parse(until) + 59_999), { language }) : '';
  const [message, nextStep] = teller(error, moment);
  const { code, status, retryable, details } = error;
  return new ORPCError('TOLD', {
    status,
    message,
    data: { code, nextStep, retryable, details: { ...details, told: true } },
  });
}

/** For `<Form error>` and `<ErrorNote error>`. */
export function useTold(thrown: unknown): unknown {
  const language = useLanguage();
  return useMemo(() => toldError(thrown, language), [thrown, language]);
}
