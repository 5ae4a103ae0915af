import { defineWords, type Language } from '../../../platform/words.ts';

interface CallWords {
  voice: string;
  pressOne: string;
  noted: string;
}

const callWords = defineWords<CallWords>({
  nl: { voice: 'nl-NL', pressOne: 'Toets 1 om dit op je te nemen.', noted: 'Genoteerd. Dank je wel.' },
  en: { voice: 'en-GB', pressOne: 'Press 1 to take this.', noted: 'Noted. Thank you.' },
});

/** What is said on the phone, three times, and what happens when a key is pressed. Without `gatherUrl` it is only said. */
export function callTwiml(given: { text: string; language: Language; gatherUrl?: string | undefined }): string {
  const { text, language, gatherUrl } = given;
  const words = callWords(language);
  const say = (what: string): string => `<Say language="${words.voice}">${escaped(what)}</Say>`;
  if (gatherUrl === undefined) return `<Response>${say(spoken(text)).repeat(3)}</Response>`;
  const once = `${say(spoken(text))}${say(words.pressOne)}<Pause length="2"/>`;
  const gather = `<Gather input="dtmf" numDigits="1" timeout="5" action="${escaped(gatherUrl)}" method="POST">${once}${once}${once}</Gather>`;
  return `<Response>${gather}</Response>`;
}

/** The answer to a pressed 1. */
export function notedTwiml(language: Language): string {
  const words = callWords(language);
  return `<Response><Say language="${words.voice}">${escaped(words.noted)}</Say><Hangup/></Response>`;
}

/** Nobody wants an address read out. */
function spoken(text: string): string {
  return text.replaceAll(/https?:\/\/\S+/g, '').trim();
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
}
