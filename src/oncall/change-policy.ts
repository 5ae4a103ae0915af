import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { DutyPolicy } from './duty.ts';
import { rotaNotFound } from './errors.ts';
import { policyProblem, type PolicyProblem } from './rules/check-policy.ts';
import { listRotas, updatePolicy } from './store.ts';

/** Changes how guards are asked. Errors: `policy-too-slow` (the 5 minutes of P1 cannot be kept), `rota-not-found`. */
export async function changePolicy(platform: Platform, actor: Actor, policy: DutyPolicy): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const problem = policyProblem(policy);
  if (problem) throw tooSlow(problem);
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

function tooSlow(problem: PolicyProblem): NachtwachtError {
  return new NachtwachtError({
    code: 'policy-too-slow',
    kind: 'bad-input',
    message: 'With these times nobody would be reached in time when the first SMS is lost.',
    nextStep:
      'Let a receipt be waited for at most 150 s, then the call within 3 minutes, then the next guard within 5.',
    retryable: false,
    details: { ...problem },
  });
}
