/**
 * Every Debian package that tests, demo and benchmarks install, by purpose. The names are the same on Debian 12 and 13:
 * `php-*` are the metapackages of whatever PHP the release has. `mariadb-server-core` brings the server program without a
 * system service or a system user: the rig runs its own server in its own folder.
 */
export const packages = {
  php: ['php-fpm', 'php-cli', 'php-mysql', 'php-curl', 'php-gd', 'php-mbstring', 'php-xml', 'php-zip', 'php-intl'],
  mariadb: ['mariadb-server-core', 'mariadb-client'],
  nginx: ['nginx'],
  apache: ['apache2'],
  phpunit: ['phpunit'],
  openssl: ['openssl'],
  ceph: ['radosgw', 'ceph-mon', 'ceph-osd'],
  browser: ['chromium'],
  gammu: ['gammu-smsd'],
  blackbox: ['prometheus-blackbox-exporter'],
  network: ['iproute2'],
} as const satisfies Record<string, readonly string[]>;

export type Purpose = keyof typeof packages;

/** What only benchmarks measure against: not installed for tests. */
export const onlyForBenches: ReadonlySet<Purpose> = new Set(['blackbox']);

/** A program that is there once the packages of a purpose are installed; found on PATH or in the sbin folders. */
export const programs: Record<Purpose, readonly string[]> = {
  php: ['php'],
  mariadb: ['mariadbd', 'mariadb-install-db', 'mariadb', 'mariadb-dump'],
  nginx: ['nginx'],
  apache: ['apache2'],
  phpunit: ['phpunit'],
  openssl: ['openssl'],
  ceph: ['radosgw', 'ceph-mon', 'ceph-osd'],
  browser: ['chromium'],
  gammu: ['gammu-smsd'],
  blackbox: ['prometheus-blackbox-exporter'],
  network: ['ip'],
};

/** The extensions WordPress wants; packages `phpX.Y-NAME` taken from other suites for other PHP versions. */
export const phpExtensions = ['mysql', 'curl', 'gd', 'mbstring', 'xml', 'zip', 'intl'] as const;

/** Which Debian release carries which PHP. */
export const phpSuites: Record<string, string> = { '7.4': 'bullseye', '8.2': 'bookworm', '8.4': 'trixie' };

/** Suites that carry a WordPress core, oldest first. */
export const coreSuites = [
  'bullseye',
  'bullseye-security',
  'bookworm',
  'bookworm-security',
  'trixie',
  'trixie-security',
  'forky',
  'sid',
] as const;

/** What a Debian core links to instead of carrying it. */
export const coreLibraries = [
  'libjs-cropper',
  'libjs-underscore',
  'libjs-lodash',
  'libjs-jquery-ui',
  'php-getid3',
  'libphp-phpmailer',
  'ca-certificates',
] as const;

/** Themes, the first that a suite has is taken with its core (core packages carry none). */
export const coreThemes = [
  'wordpress-theme-twentytwentyfive',
  'wordpress-theme-twentytwentyfour',
  'wordpress-theme-twentytwentythree',
  'wordpress-theme-twentytwentyone',
] as const;
