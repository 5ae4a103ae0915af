import { oneSegment } from '../channels/sms/rules/segment.ts';
import { defineWords, timeOnWall, type Language } from '../platform/words.ts';
import type { AlarmReason } from './rules/dead-man.ts';

interface Words {
  alarm: Record<AlarmReason, (name: string, since: string) => { before: string; shorten: string; after: string }>;
  over: (name: string, since: string) => string;
  test: (name: string) => string;
  silent: (name: string, since: string) => string;
}

const words = defineWords<Words>({
  nl: {
    alarm: {
      'core-silent': (name, since) => ({
        before: 'STORING Nachtwacht zelf is niet bereikbaar vanuit',
        shorten: name,
        after: `sinds ${since}. Kijk of hij nog draait.`,
      }),
      'watch-silent': (name, since) => ({
        before: `STORING Nachtwacht zelf: de wacht staat stil sinds ${since} (gezien vanuit`,
        shorten: name,
        after: '). De site-controles lopen niet.',
      }),
      'database-away': (name, since) => ({
        before: `STORING Nachtwacht zelf: de database antwoordt niet sinds ${since} (gezien vanuit`,
        shorten: name,
        after: ').',
      }),
    },
    over: (name, since) => `Nachtwacht: de wacht werkt weer sinds ${since} (gezien vanuit ${name}).`,
    test: (name) => `Nachtwacht: proef-SMS van de tweede plek ${name}. Je hoeft niets te doen.`,
    silent: (name, since) =>
      `Nachtwacht: de tweede plek ${name} zwijgt sinds ${since}. Sites worden bewaakt, maar alleen van hier gezien.`,
  },
  en: {
    alarm: {
      'core-silent': (name, since) => ({
        before: 'OUTAGE Nachtwacht itself cannot be reached from',
        shorten: name,
        after: `since ${since}. Look whether it still runs.`,
      }),
      'watch-silent': (name, since) => ({
        before: `OUTAGE Nachtwacht itself: the watch stands still since ${since} (seen from`,
        shorten: name,
        after: '). Sites are not checked.',
      }),
      'database-away': (name, since) => ({
        before: `OUTAGE Nachtwacht itself: its database does not answer since ${since} (seen from`,
        shorten: name,
        after: ').',
      }),
    },
    over: (name, since) => `Nachtwacht: the watch works again since ${since} (seen from ${name}).`,
    test: (name) => `Nachtwacht: test SMS of the second location ${name}. There is nothing to do.`,
    silent: (name, since) =>
      `Nachtwacht: the second location ${name} is silent since ${since}. Sites are watched, but from here only.`,
  },
});

/** What a text is about: which second location says it, of when, for whom. */
export interface TextFacts {
  name: string;
  language: Language;
  timeZone: string;
}

/** One segment of ASCII each, so that any phone shows it at once. */
export function alarmSms(facts: TextFacts, alarm: { reason: AlarmReason; since: number }): string {
  return oneSegment(
    words(facts.language).alarm[alarm.reason](facts.name, timeOnWall(alarm.since, facts.timeZone)),
  ).replace(/ \)/, ')');
}

export function overSms(facts: TextFacts, since: number): string {
  return oneSegment({
    before: words(facts.language).over(facts.name, timeOnWall(since, facts.timeZone)),
    shorten: '',
    after: '',
  });
}

export function testSms(facts: Pick<TextFacts, 'name' | 'language'>): string {
  return oneSegment({ before: words(facts.language).test(facts.name), shorten: '', after: '' });
}

/** Of the core: a second location is silent. */
export function silentSms(facts: TextFacts, since: number): string {
  return oneSegment({
    before: words(facts.language).silent(facts.name, timeOnWall(since, facts.timeZone)),
    shorten: '',
    after: '',
  });
}
