/** An SMS, call or mail path as the judgement sees it. */
export interface PathFacts {
  name: string;
  means: string;
  enabled: boolean;
  canaryState: 'waiting' | 'working' | 'failing' | null;
  hasCanary: boolean;
}

export type HealthRemark =
  | { what: 'fails' | 'no-canary'; provider: string }
  | { what: 'no-call' | 'no-mail' | 'no-public-url' };

export interface HealthVerdict {
  state: 'well' | 'doubtful' | 'broken';
  why: 'no-sms' | 'no-sms-works' | 'one-path' | 'paths';
  canSendSms: boolean;
  paths: number;
  workingPaths: number;
  canCall: boolean;
  remarks: HealthRemark[];
}

/** Whether the watch can make itself heard. No SMS path at all is 'broken': the console says so in red. */
export function judgeHealth(given: { providers: PathFacts[]; canMail: boolean; hasPublicUrl: boolean }): HealthVerdict {
  const on = given.providers.filter((one) => one.enabled);
  const sms = on.filter((one) => one.means === 'sms');
  const working = sms.filter((one) => one.canaryState !== 'failing');
  const canCall = on.some((one) => one.means === 'call');
  const remarks: HealthRemark[] = [
    ...sms
      .filter((one) => one.canaryState === 'failing')
      .map((one) => ({ what: 'fails' as const, provider: one.name })),
    ...sms.filter((one) => !one.hasCanary).map((one) => ({ what: 'no-canary' as const, provider: one.name })),
  ];
  if (!canCall) remarks.push({ what: 'no-call' });
  if (!given.canMail) remarks.push({ what: 'no-mail' });
  if (!given.hasPublicUrl && sms.length > 0) remarks.push({ what: 'no-public-url' });
  const facts = { canSendSms: working.length > 0, paths: sms.length, workingPaths: working.length, canCall, remarks };
  if (sms.length === 0) return { state: 'broken', why: 'no-sms', ...facts };
  if (working.length === 0) return { state: 'broken', why: 'no-sms-works', ...facts };
  if (working.length === 1) return { state: 'doubtful', why: 'one-path', ...facts };
  return { state: working.length < sms.length ? 'doubtful' : 'well', why: 'paths', ...facts };
}
