import { defineWords, momentInWords, numberInWords, type Language } from '../platform/words.ts';
import type { RetentionPolicy } from './rules/retention.ts';

interface PolicyWords {
  hourly: (count: string) => string;
  daily: (count: string) => string;
  monthly: (count: string) => string;
  list: (parts: string[]) => string;
  nothing: string;
  beforeChange: (days: string) => string;
  always: string;
  schedule: { daily: (time: string) => string; hourly: (minute: string) => string };
  paused: string;
}

const join = (and: string) => (parts: string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;

const words = defineWords<PolicyWords>({
  nl: {
    hourly: (count) => `van de laatste ${count} uur de laatste van elk uur`,
    daily: (count) => `van ${count} dagen de laatste van de dag`,
    monthly: (count) => `van ${count} maanden de laatste van de maand`,
    list: (parts) => `We bewaren ${join('en')(parts)}.`,
    nothing: 'We bewaren alleen de laatste.',
    beforeChange: (days) => `Wat met de hand of vóór een wijziging is gemaakt, blijft minstens ${days} dagen.`,
    always: 'De laatste goede backup gaat nooit weg, en wat je apart zet ook niet.',
    schedule: {
      daily: (time) => `Elke nacht om ${time}.`,
      hourly: (minute) => `Elk uur, om ${minute} over het hele uur.`,
    },
    paused: 'Gepauzeerd: er begint vanzelf geen backup.',
  },
  en: {
    hourly: (count) => `of the last ${count} hours the last of every hour`,
    daily: (count) => `of ${count} days the last of the day`,
    monthly: (count) => `of ${count} months the last of the month`,
    list: (parts) => `We keep ${join('and')(parts)}.`,
    nothing: 'We keep only the last one.',
    beforeChange: (days) => `What was made by hand or before a change stays at least ${days} days.`,
    always: 'The last good backup never goes, and neither does what you set aside.',
    schedule: {
      daily: (time) => `Every night at ${time}.`,
      hourly: (minute) => `Every hour, ${minute} past the hour.`,
    },
    paused: 'Paused: no backup begins by itself.',
  },
});

/** What retention keeps, as sentences. */
export function retentionRuleInWords(policy: RetentionPolicy, language: Language): string[] {
  const say = words(language);
  const counted = (count: number) => numberInWords(count, language);
  const parts = [
    ...(policy.hourly > 0 ? [say.hourly(counted(policy.hourly))] : []),
    ...(policy.daily > 0 ? [say.daily(counted(policy.daily))] : []),
    ...(policy.monthly > 0 ? [say.monthly(counted(policy.monthly))] : []),
  ];
  return [
    parts.length === 0 ? say.nothing : say.list(parts),
    ...(policy.beforeChangeDays > 0 ? [say.beforeChange(counted(policy.beforeChangeDays))] : []),
    say.always,
  ];
}

/** When backups of a site begin by themselves. `nextAt`: the next slot. */
export function scheduleInWords(
  facts: { plan: 'daily' | 'hourly'; paused: boolean; nextAt: Date; timeZone: string },
  language: Language,
): string {
  const say = words(language);
  if (facts.paused) return say.paused;
  const time = momentInWords(facts.nextAt, language, facts.timeZone).slice(-5);
  if (facts.plan === 'daily') return say.schedule.daily(time);
  const minute = Number(time.slice(3));
  return say.schedule.hourly(
    language === 'nl'
      ? minute === 1
        ? '1 minuut'
        : `${minute} minuten`
      : minute === 1
        ? '1 minute'
        : `${minute} minutes`,
  );
}
