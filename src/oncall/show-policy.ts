import type { Platform } from '../platform/platform.ts';
import type { Language } from '../platform/words.ts';
import type { Policy } from './contract.ts';
import type { DutyPolicy, RotaRow } from './duty.ts';
import { findPolicy, listRotas } from './store.ts';
import { daysInWords, oncallWords } from './words.ts';

/** How guards are asked, and the same in words. */
export async function showPolicy(
  platform: Pick<Platform, 'db'>,
): Promise<{ policy: Policy; inWords: { nl: string[]; en: string[] } }> {
  const [policy, rotas] = await Promise.all([findPolicy(platform.db), listRotas(platform.db)]);
  const { receiptMs, callMs, nextMs, rounds, officeHours } = policy;
  return {
    policy: {
      receiptMs,
      callMs,
      nextMs,
      rounds,
      askedFirst: policy.askedFirst.map((one) => ({ ...one, days: [...one.days] })),
      officeHours: { ...officeHours, days: [...officeHours.days] },
    },
    inWords: { nl: policyInWords(policy, rotas, 'nl'), en: policyInWords(policy, rotas, 'en') },
  };
}

/** The rule, line by line, in the order in which things happen. */
export function policyInWords(
  policy: DutyPolicy,
  rotas: readonly Pick<RotaRow, 'id' | 'name'>[],
  language: Language,
): string[] {
  const words = oncallWords(language).policy;
  const minutes = (ms: number): number => Math.round(ms / 6000) / 10;
  const { officeHours } = policy;
  return [
    ...policy.askedFirst.flatMap((one) => {
      const rota = rotas.find((each) => each.id === one.rota);
      return rota ? [words.asked(daysInWords(one.days, language), one.from, one.to, rota.name)] : [];
    }),
    words.first,
    words.second(Math.round(policy.receiptMs / 1000)),
    words.call(minutes(policy.callMs)),
    words.next(minutes(policy.nextMs)),
    words.rounds(policy.rounds),
    words.office(daysInWords(officeHours.days, language), officeHours.from, officeHours.to),
  ];
}
