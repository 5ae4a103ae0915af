/** The parts of a provider that its webhooks hang on. */
export interface HookedProvider {
  id: string;
  means: string;
}

/** Where a gateway tells what became of a message; our own reference is in the address, so it is signed with it. */
export function callbackUrlOf(publicUrl: string, provider: HookedProvider, reference: string): string {
  return `${hookUrl(publicUrl, provider, 'status')}?ref=${encodeURIComponent(reference)}`;
}

/** Address of a webhook, without reference: `inbound` is what a person types in at the provider. */
export function hookUrl(publicUrl: string, provider: HookedProvider, hook: 'status' | 'inbound' | 'gather'): string {
  const part = provider.means === 'call' ? 'voice' : 'sms';
  return `${publicUrl.replace(/\/+$/, '')}/hooks/${part}/${encodeURIComponent(provider.id)}/${hook}`;
}
