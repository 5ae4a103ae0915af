import type { Learned } from '../connector/index.ts';
import { bytesInWords, defineWords, numberInWords, type Language } from '../platform/words.ts';

export interface HostFact {
  code: 'entry' | 'signature' | 'answers' | 'clock' | 'time' | 'answer-size' | 'request-size' | 'wait';
  /** Other than what most hosts do: worth knowing. */
  unusual: boolean;
}

interface LimitWords {
  entry: Record<'direct' | 'rest' | 'ajax', string>;
  signature: Record<Learned['signature'], string>;
  answers: { zipped: string; plain: string; text: string };
  clock: (seconds: string, ahead: boolean) => string;
  clockRight: string;
  time: (seconds: string) => string;
  answerSize: (bytes: string) => string;
  requestSize: (bytes: string) => string;
  wait: (ms: string) => string;
}

const words = defineWords<LimitWords>({
  nl: {
    entry: {
      direct: 'Bereikt via het eigen bestand van de plugin, zonder WordPress te laden.',
      rest: 'Bereikt via de REST-API van WordPress; het eigen bestand van de plugin is hier niet bereikbaar.',
      ajax: 'Bereikt via admin-ajax van WordPress; het eigen bestand en de REST-API zijn hier niet bereikbaar.',
    },
    signature: {
      header: 'De handtekening gaat in een kopregel mee.',
      body: 'De host laat onze kopregel niet door; de handtekening gaat in het verzoek mee.',
    },
    answers: {
      zipped: 'Antwoorden komen ingepakt.',
      plain: 'De host kan niet inpakken; antwoorden komen onverpakt.',
      text: 'De host beschadigt binaire antwoorden; ze komen als tekst.',
    },
    clock: (seconds, ahead) => `De klok van de host loopt ${seconds} s ${ahead ? 'voor' : 'achter'}.`,
    clockRight: 'De klok van de host loopt gelijk met de onze.',
    time: (seconds) => `Eén verzoek mag ${seconds} s werken.`,
    answerSize: (bytes) => `Eén antwoord mag ${bytes} groot zijn.`,
    requestSize: (bytes) => `Eén verzoek mag ${bytes} groot zijn.`,
    wait: (ms) => `Tussen verzoek en werk zit gewoonlijk ${ms} ms.`,
  },
  en: {
    entry: {
      direct: 'Reached through the plugin’s own file, without loading WordPress.',
      rest: 'Reached through the REST API of WordPress; the plugin’s own file cannot be reached here.',
      ajax: 'Reached through admin-ajax of WordPress; neither the own file nor the REST API can be reached here.',
    },
    signature: {
      header: 'The signature goes along in a header.',
      body: 'The host does not let our header through; the signature goes in the request.',
    },
    answers: {
      zipped: 'Answers come packed.',
      plain: 'The host cannot pack; answers come as they are.',
      text: 'The host damages binary answers; they come as text.',
    },
    clock: (seconds, ahead) => `The host’s clock is ${seconds} s ${ahead ? 'fast' : 'slow'}.`,
    clockRight: 'The host’s clock agrees with ours.',
    time: (seconds) => `One request may work for ${seconds} s.`,
    answerSize: (bytes) => `One answer may be ${bytes}.`,
    requestSize: (bytes) => `One request may be ${bytes}.`,
    wait: (ms) => `Between request and work there are usually ${ms} ms.`,
  },
});

/** A fact of a host as a sentence. */
export function hostFactInWords(code: HostFact['code'], learned: Learned, language: Language): string {
  const say = words(language);
  const { limits, skewSeconds } = learned;
  switch (code) {
    case 'entry':
      return say.entry[learned.entry ?? 'direct'];
    case 'signature':
      return say.signature[learned.signature];
    case 'answers':
      return say.answers[answersOf(learned)];
    case 'clock':
      return Math.abs(skewSeconds) < 2
        ? say.clockRight
        : say.clock(numberInWords(Math.abs(skewSeconds), language), skewSeconds > 0);
    case 'time':
      return say.time(numberInWords(limits.budgetMs / 1000, language, 1));
    case 'answer-size':
      return say.answerSize(bytesInWords(limits.maxBytes, language));
    case 'request-size':
      return say.requestSize(bytesInWords(limits.maxPutBytes, language));
    default:
      return say.wait(numberInWords(limits.usualWaitMs, language));
  }
}

function answersOf(learned: Learned): 'zipped' | 'plain' | 'text' {
  if (learned.mode === 'y' || learned.mode === 'b') return 'text';
  return learned.mode === 'z' ? 'zipped' : 'plain';
}
