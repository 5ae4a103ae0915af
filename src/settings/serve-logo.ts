import { findLogo, logoPath } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * The logo, to everybody: it stands on the sign-in page. Whatever is in it cannot run: as a picture nothing runs anyway,
 * and opened by itself the policy allows no script, no fetch and no frame, in an origin of its own (sandbox).
 */
export function logoFiles(platform: Pick<Platform, 'db'>): { answer(request: Request): Promise<Response | undefined> } {
  return {
    answer: async (request) => {
      const { pathname } = new URL(request.url);
      const logo = await findLogo(platform.db);
      if (logo === undefined || pathname !== logoPath(logo.hash)) return undefined;
      return new Response(new Uint8Array(logo.bytes), {
        headers: {
          'content-type': logo.type,
          'content-disposition': 'inline; filename="logo"',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          // Its hash is in the path: another picture has another address.
          'cache-control': 'public, max-age=31536000, immutable',
        },
      });
    },
  };
}
