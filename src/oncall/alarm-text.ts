import { oneSegment, toAscii } from '../channels/sms/rules/segment.ts';
import { causeInWords, findingShort, monitoringWords, type AnyCause } from '../monitoring/index.ts';
import type { IncidentKind } from '../incidents/index.ts';
import { timeOnWall, type Language } from '../platform/words.ts';
import { oncallWords } from './words.ts';

/** What an alarm tells. */
export interface AlarmFacts {
  kind: IncidentKind;
  /** Host of the first site that it is about; of a group its place and how many. */
  hosts: readonly string[];
  group?: { place: string; sites: number };
  cause: string | null;
  detail: string;
  since: Date;
  timeZone: string;
  language: Language;
}

/** What it is about, short: `bakkerij.nl`, `37 sites bij 192.0.2.7`, `gat in het rooster`. */
export function subjectInWords(facts: AlarmFacts): string {
  const words = oncallWords(facts.language);
  if (facts.group) return words.sitesAt(facts.group.sites, facts.group.place);
  const [host] = facts.hosts;
  if (facts.kind === 'outage' || facts.kind === 'drill' || facts.kind === 'group' || facts.kind === 'finding')
    return host ?? 'Nachtwacht';
  return host === undefined ? words.kinds[facts.kind] : `${host}: ${words.kinds[facts.kind]}`;
}

/**
 * One GSM segment in ASCII: what, why, since when, the codes to answer with, and the link when there is room for it. The
 * name is cut before a code ever is. `STORING bakkerij.nl 500 sinds 14:32. 7A=ik pak het 7D=klaar`.
 */
export function alarmSms(facts: AlarmFacts, answer: { code: number; link?: string }): string {
  const words = oncallWords(facts.language);
  const head = facts.kind === 'drill' ? words.drill : isOut(facts.kind) ? words.outage : words.attention;
  const why = causeShort(facts);
  const since = words.since(timeOnWall(facts.since, facts.timeZone));
  const codes = `${words.take(answer.code)} ${words.done(answer.code)}`;
  const without = [why, since, codes].filter((part) => part !== '').join(' ');
  const withLink = answer.link === undefined ? without : `${without} ${answer.link}`;
  // A link takes room from the name; below these characters of it the link stays out.
  const room = 160 - head.length - toAscii(withLink).length - 2;
  const after = room >= Math.min(18, subjectInWords(facts).length) ? withLink : without;
  return oneSegment({ before: head, shorten: subjectInWords(facts), after });
}

/** What is read out on the phone. */
export function alarmCall(facts: AlarmFacts): string {
  const why = causeShort(facts);
  const what = why === '' ? subjectInWords(facts) : `${subjectInWords(facts)}, ${why}`;
  return oncallWords(facts.language).call(what, timeOnWall(facts.since, facts.timeZone));
}

/** Any other SMS of one segment. `what` is cut when it is too long. */
export function plainSms(before: string, what = '', after = ''): string {
  return oneSegment({ before, shorten: what, after });
}

function isOut(kind: IncidentKind): boolean {
  return kind === 'outage' || kind === 'group' || kind === 'blind';
}

function causeShort({ cause, detail, language, kind }: AlarmFacts): string {
  if (cause === null) return '';
  if (kind === 'duty') return oncallWords(language).duty[cause] ?? cause;
  if (kind === 'finding') return findingShort(cause, language);
  return isWatchCause(cause, language) ? causeInWords(cause, detail, language) : '';
}

function isWatchCause(cause: string, language: Language): cause is AnyCause {
  return Object.hasOwn(monitoringWords(language).causes, cause);
}
