import type { Incident, TimelineEntry, Who } from '../../../src/incidents/contract.ts';
import { entryInWords, incidentInWords, incidentWords } from '../../../src/incidents/words.ts';
import { findingShort } from '../../../src/monitoring/health/words.ts';
import { causeInWords, monitoringWords, watchReasonInWords, type AnyCause } from '../../../src/monitoring/words.ts';
import { overviewWords } from '../../../src/overview/words.ts';
import type { Language } from '../../../src/platform/words.ts';
import type { State } from '../../ui/StateMark.tsx';
import { incidentScreenWords } from './words.ts';

/** A site's address as people say it: without the scheme. */
export function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

function isCause(cause: unknown): cause is AnyCause {
  return typeof cause === 'string' && Object.hasOwn(monitoringWords('en').causes, cause);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A cause in a few words: one of the watch, a finding, or the promise of a duty; '' for what a reader would not know. */
export function causeOf(cause: unknown, detail: unknown, language: Language): string {
  if (isCause(cause)) return causeInWords(cause, textOf(detail), language);
  return overviewWords(language).duties[textOf(cause)] ?? findingShort(textOf(cause), language);
}

/** The incident in a sentence: `Kaashuis-holland.nl: databasefout.` */
export function titleOf(
  incident: Pick<Incident, 'kind' | 'title' | 'sites' | 'siteCount' | 'cause' | 'detail'>,
  language: Language,
): string {
  return incidentInWords(incident, language, causeOf(incident.cause, incident.detail, language));
}

/** `Storing`, to stand beside its mark. */
export function kindOf({ kind }: Pick<Incident, 'kind'>, language: Language): string {
  const word = incidentWords(language).kinds[kind];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Which mark: broken while it lasts, well when it is over, ours to do when it wakes nobody. */
export function incidentMark(incident: Pick<Incident, 'resolvedAt' | 'urgency' | 'kind'>): State {
  if (incident.resolvedAt !== null) return 'well';
  if (incident.kind === 'drill') return 'work';
  if (incident.kind === 'blind' || incident.kind === 'partial') return 'unsure';
  return incident.urgency === 'high' ? 'broken' : 'work';
}

/** Who did it, by the name that people know. */
export function whoInWords(who: Who, language: Language): string {
  return who.kind === 'house' ? incidentScreenWords(language).house : who.name;
}

const entryMarks: Partial<Record<TimelineEntry['kind'], State>> = {
  'first-failure': 'broken',
  confirmed: 'broken',
  opened: 'broken',
  'site-out': 'broken',
  'site-back': 'well',
  'not-sent': 'broken',
  'given-up': 'broken',
  acknowledged: 'well',
  fixed: 'well',
  resolved: 'well',
  reopened: 'broken',
  accepted: 'work',
  delivered: 'work',
  failed: 'broken',
  unsure: 'unsure',
};

/** One line of the timeline as its sentence, mark and small print. */
export function lineOf(
  entry: TimelineEntry,
  language: Language,
): { text: string; state: State | undefined; detail: string | undefined } {
  const { facts, kind, message } = entry;
  const text = entryInWords(entry, language, causeOf(facts['cause'], facts['detail'], language));
  const detail =
    kind === 'confirmed' ? reasonOf(facts, language) : kind === 'queued' && message ? message.text : undefined;
  return { text, state: entryMarks[kind], detail };
}

/** The rule's own reason, as far as it is one of the watch. */
export function reasonOf(facts: Record<string, unknown>, language: Language): string | undefined {
  const reason = facts['reason'] ?? facts;
  if (typeof reason !== 'object' || reason === null || !('code' in reason)) return undefined;
  const { code } = reason;
  if (code !== 'confirmed-elsewhere' && code !== 'confirmed-alone') return undefined;
  const failures = 'failures' in reason && typeof reason.failures === 'number' ? reason.failures : undefined;
  const cause = 'cause' in reason && isCause(reason.cause) ? reason.cause : undefined;
  return watchReasonInWords(
    { code, ...(cause && { cause }), ...(failures !== undefined && { failures }) },
    textOf(facts['detail']),
    language,
  );
}

/** Seconds between two moments, whole. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
