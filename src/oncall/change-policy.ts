import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { DutyPolicy } from './duty.ts';
import { rotaNotFound } from './errors.ts';
import { policyProblem, promisedMs, worstFirstSmsMs, type PolicyProblem } from './rules/check-policy.ts';
import { listRotas, updatePolicy } from './store.ts';

/** Changes how guards are asked. Errors: `policy-too-slow` (the 5 minutes of P1 cannot be kept), `rota-not-found`. */
export async function changePolicy(platform: Platform, actor: Actor, policy: DutyPolicy): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const problem = policyProblem(policy);
  if (problem) throw refused(problem);
  await platform.db.transaction().execute(async (trx) => {
    const rotas = await listRotas(trx);
    if (policy.askedFirst.some((one) => !rotas.some((rota) => rota.id === one.rota))) throw rotaNotFound();
    await updatePolicy(trx, policy);
    await recordAudit(trx, actor, {
      action: 'duty-policy-changed',
      subject: 'oncall:policy',
      details: { ...policy },
      at,
    });
  });
}

/** The sentence that names the time which is wrong, and its bound. */
function refused(problem: PolicyProblem): NachtwachtError {
  const facts = (message: string, nextStep: string) => ({ message, nextStep });
  const says = {
    'receipt-too-long': facts(
      'When the first SMS is lost, the second path would come after the promised five minutes.',
      `Wait for a receipt at most ${promisedSeconds} s.`,
    ),
    'call-before-receipt': facts(
      'The call would come before the second SMS path was tried.',
      'Make the wait for a receipt shorter than the time of the call.',
    ),
    'call-too-late': facts('Somebody must answer within 3 minutes, or be called.', 'Call after 3 minutes at most.'),
    'next-before-call': facts(
      'The next guard would be asked before the first one is called.',
      'Ask the next one after the call.',
    ),
    'next-too-late': facts('The next guard would be asked after more than 5 minutes.', 'Ask him after 5 at most.'),
    'no-office-hours': facts('What can wait would wait for ever.', 'Choose at least one day of the week.'),
  }[problem.code];
  return new NachtwachtError({
    code: 'policy-too-slow',
    kind: 'bad-input',
    ...says,
    retryable: false,
    details: { ...problem },
  });
}

const promisedSeconds = (promisedMs - worstFirstSmsMs) / 1000;
