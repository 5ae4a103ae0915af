import type { Page } from '@playwright/test';

/** A phone's or laptop's own authenticator, as Chromium can play it: it has passkeys and checks the finger at once. */
export interface Authenticator {
  /** How many passkeys it holds. */
  count(): Promise<number>;
  /** From now on its owner's finger is (not) recognised. */
  recognise(isOwner: boolean): Promise<void>;
}

/** Gives this page an authenticator of its own; it lives as long as the page. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    recognise: async (isOwner) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isOwner });
    },
  };
}
