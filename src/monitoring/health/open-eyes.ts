import type { Platform } from '../../platform/platform.ts';
import { createChecker } from '../check/index.ts';
import type { Eyes } from './look-at-site.ts';
import { dnsNameServers } from './look-domain.ts';
import { createRdap } from './rdap.ts';

/** What looks are made with. */
export function openEyes(platform: Platform): Eyes & { close(): void } {
  const { clock, config } = platform;
  const { dnsServers } = config;
  const checker = createChecker({
    clock,
    allowPrivate: config.allowPrivateAddresses,
    ...(dnsServers && { dnsServers }),
  });
  const rdap = createRdap({ clock, base: config.rdapUrl });
  return {
    checker,
    domains: { nameServers: dnsNameServers(dnsServers), registry: (name, signal) => rdap.find(name, signal) },
    close: () => checker.close(),
  };
}
