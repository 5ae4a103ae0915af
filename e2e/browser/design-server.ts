import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { repository } from '../harness/machine.ts';

let server: Promise<ViteDevServer> | undefined;

/** Address of the page with every component in every state. It is no part of what is built: Vite's own server shows it. */
export async function designAddress(house: { platform: { url: string; token: string } }): Promise<string> {
  server ??= startDesignServer(house.platform);
  const address = (await server).resolvedUrls?.local[0];
  if (address === undefined) throw new Error("Vite's server has no address");
  return new URL('/design', address).href;
}

async function startDesignServer(platform: { url: string; token: string }): Promise<ViteDevServer> {
  // The configuration reads where its platform is from the environment.
  process.env['NACHTWACHT_URL'] = platform.url;
  process.env['NACHTWACHT_TOKEN'] = platform.token;
  const started = await createServer({
    configFile: join(repository, 'web/vite.config.ts'),
    logLevel: 'error',
    server: { port: 0, hmr: false, watch: null },
    cacheDir: join(repository, 'test-results/vite'),
  });
  await started.listen();
  return started;
}

export async function closeDesignServer(): Promise<void> {
  await (await server)?.close();
  server = undefined;
}
