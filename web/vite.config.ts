import react from '@vitejs/plugin-react';
import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** Where `npm run web` finds a running platform. */
const platform = process.env['NACHTWACHT_URL'] ?? `http://127.0.0.1:${process.env['NACHTWACHT_PORT'] ?? '4100'}`;
// With a slash: /api.ts is a source of ours.
const proxied = ['/api/', '/connector/', '/healthz', '/openapi.json', '/metrics', '/branding/'];

export default defineConfig({
  root,
  plugins: [react()],
  build: {
    outDir: path.join(root, '../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Data addresses are refused by the content security policy of scripts and fonts.
    assetsInlineLimit: 0,
    // What the first load brings is read off it (e2e/browser/first-load.integration.test.ts).
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    port: Number(process.env['NACHTWACHT_WEB_PORT'] ?? '4101'),
    proxy: Object.fromEntries(
      proxied.map((each) => [
        each,
        {
          target: platform,
          // With a token, the screens can be seen before anybody signed in.
          ...(process.env['NACHTWACHT_TOKEN']
            ? { headers: { authorization: `Bearer ${process.env['NACHTWACHT_TOKEN']}` } }
            : {}),
        },
      ]),
    ),
  },
});
