import { chromium, type Browser, type LaunchOptions } from '@playwright/test';
import { ensurePackages } from '../harness/apt.ts';
import { findProgram } from '../harness/machine.ts';

/** Nothing of Chromium's own goes over the network, and no sandbox, since tests run as root. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How Playwright starts Debian's Chromium; throws when it is not installed (see `launchChromium`). */
export function chromiumOptions(): LaunchOptions {
  const executablePath = findProgram('chromium') ?? findProgram('chromium-browser');
  if (executablePath === undefined) throw new Error('Chromium is missing: apt-get install chromium');
  return { executablePath, headless: true, chromiumSandbox: false, args: flags };
}

/** A headless Chromium with a user data folder of its own, installed first when we are root and it is missing. */
export async function launchChromium(): Promise<Browser> {
  await ensurePackages(['browser']);
  return chromium.launch(chromiumOptions());
}
