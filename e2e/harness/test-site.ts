import type { Core } from './cores.ts';
import type { Database } from './mariadb.ts';
import type { Fpm } from './php-fpm.ts';
import type { Php, PhpVersion } from './php.ts';
import type { Visit, VisitOptions } from './visit.ts';
import type { WebServer } from './web-server.ts';

export interface SiteOptions {
  /** Default nginx. */
  server?: 'nginx' | 'apache';
  /** Default native: the PHP of this machine's Debian. */
  php?: PhpVersion;
  /** `newest` (default), `oldest`, `native`, or the start of a version such as `6.8`; see cores.ts. */
  core?: string;
  /** A network in subfolders with a second site at /tweede/; it needs port 80, so root. */
  multisite?: boolean;
  /** WooCommerce, Storefront and a few products; see shop.ts. */
  shop?: boolean | { version?: string };
  /** Our plugin is put in and activated; default true. */
  connector?: boolean;
  memoryLimit?: string;
  maxExecutionTime?: number;
  /** Any other php.ini setting. */
  phpSettings?: Record<string, string>;
  /** php-fpm kills a request after this many seconds. */
  terminateSeconds?: number;
  fpmChildren?: number;
  basicAuth?: { user: string; password: string };
  stripHeaders?: readonly string[];
  /** Printed before every answer of PHP, as broken plugins do: a BOM, a notice, white space. */
  bodyNoise?: string;
  /** Every PHP request waits this long first. */
  slowMs?: number;
  bytesPerSecond?: number;
  proxySeconds?: number;
  maxBodyMb?: number;
  /** HTTPS with a certificate that this process trusts (see `caFile` for others). */
  https?: boolean;
  /** Default: a loopback address of its own, port 8080 or 8443 (80 or 443 for a network). */
  address?: string;
  port?: number;
  tablePrefix?: string;
  /** How the site reaches its database; default socket. */
  dbHost?: 'socket' | 'tcp';
  /** Extra lines of PHP for wp-config.php. */
  config?: string;
  /** Default: the keyword with a word before it. */
  title?: string;
  /** What visitors find on every page; it must be part of the title. Default: one of its own for each site. */
  keyword?: string;
  /** Files on the disk even where memory is plenty: for benchmarks and for gigabytes. */
  onDisk?: boolean;
}

export interface TestSite {
  readonly url: string;
  /** host, and port when it is not the usual one: what the Host header says. */
  readonly host: string;
  /** With `https`: file for NODE_EXTRA_CA_CERTS of other processes that must trust the site. */
  readonly caFile?: string | undefined;
  /** ABSPATH, without a slash at the end. */
  readonly dir: string;
  /** Stands in every page of the site. */
  readonly keyword: string;
  readonly admin: { user: string; password: string; email: string };
  readonly core: Core;
  readonly php: Php;
  readonly fpm: Fpm;
  readonly web: WebServer;
  readonly db: Database;
  readonly tablePrefix: string;
  readonly options: SiteOptions;
  /** Runs PHP code in the site's WordPress, as the site's user; gives what it prints. `args` is `$args` there. */
  runPhp(code: string, args?: unknown): Promise<string>;
  /** Gets a page as a visitor (basic auth is added when the site has it). */
  visit(path?: string, options?: Omit<VisitOptions, 'path'>): Promise<Visit>;
  /** Throws with the reason unless the page answers 200 with the keyword. */
  mustWork(path?: string): Promise<void>;
  /** Signs the administrator in; gives the Cookie header. */
  signIn(): Promise<string>;
  /** Copies a plugin's folder into the site and activates it (network-wide on a network). Replaces what is there. */
  installPlugin(folder: string, name: string, activate?: boolean): Promise<void>;
  /** Copies our plugin anew from the repository and activates it. */
  installConnector(): Promise<void>;
  /** A fresh one-time pairing code, as the settings page would show it. */
  makePairingCode(): Promise<string>;
  /** Writes a file of the site, owned by the site's user; folders are made. */
  writeFile(path: string, content: string | Buffer): Promise<void>;
  /** Stops its servers, drops its database, removes its folder. Happens by itself when the process ends. */
  stop(): Promise<void>;
}
