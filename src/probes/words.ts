import { defineWords, momentInWords, type Language } from '../platform/words.ts';
import type { Probe } from './contract.ts';

interface Words {
  invited: (until: string) => string;
  expired: string;
  joined: string;
  seen: string;
  seenUnarmed: string;
  alarms: (since: string) => string;
  silent: (since: string) => string;
  command: (url: string, token: string) => string;
}

const words = defineWords<Words>({
  nl: {
    invited: (until) => `wacht tot hij zich meldt; het token geldt tot ${until}`,
    expired: 'heeft zich nooit gemeld; het token is verlopen',
    joined: 'is aangesloten, nog niets van gehoord',
    seen: 'kijkt mee, en slaat zelf alarm als Nachtwacht zwijgt',
    seenUnarmed: 'kijkt mee, maar kan zelf geen SMS sturen',
    alarms: (since) => `slaat zelf alarm sinds ${since}`,
    silent: (since) => `zwijgt sinds ${since}`,
    command: (url, token) => `nachtwacht probe --join ${url} --token ${token}`,
  },
  en: {
    invited: (until) => `waits until it joins; its token counts until ${until}`,
    expired: 'never joined; its token is over',
    joined: 'joined, and was not heard yet',
    seen: 'looks along, and alarms by itself when Nachtwacht is silent',
    seenUnarmed: 'looks along, but cannot send an SMS by itself',
    alarms: (since) => `alarms by itself since ${since}`,
    silent: (since) => `silent since ${since}`,
    command: (url, token) => `nachtwacht probe --join ${url} --token ${token}`,
  },
});

/** How a second location is, as what it does: 'silent since 4 Aug 2026, 14:32'. */
export function probeInWords(
  probe: Pick<Probe, 'state' | 'canAlarm' | 'invitedUntil' | 'lastSeenAt' | 'facts'>,
  language: Language,
  timeZone: string,
): string {
  const own = words(language);
  const time = (at: string | null | undefined): string => (at == null ? '-' : momentInWords(at, language, timeZone));
  if (probe.state === 'invited') return own.invited(time(probe.invitedUntil));
  if (probe.state === 'silent') return own.silent(time(probe.lastSeenAt));
  if (probe.state !== 'seen') return own[probe.state];
  if (probe.facts?.alarmsSince != null) return own.alarms(time(probe.facts.alarmsSince));
  return probe.canAlarm ? own.seen : own.seenUnarmed;
}

/** What is typed on the other machine. */
export function joinCommand(url: string, token: string, language: Language): string {
  return words(language).command(url, token);
}
