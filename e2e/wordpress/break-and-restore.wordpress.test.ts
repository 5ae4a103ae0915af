import { putsBackEveryTime, type Kind } from './break-and-restore.ts';

// Truth 2: every kind of site, broken in five ways, is put back byte for byte and row for row each time.
// Shops and networks: break-and-restore-large.wordpress.test.ts.
const kinds: Kind[] = [
  { name: 'nginx, PHP 8.2, newest WordPress', options: { server: 'nginx', php: '8.2', core: 'newest' } },
  {
    name: 'Apache, PHP 7.4, oldest WordPress',
    options: { server: 'apache', php: '7.4', core: 'oldest', tablePrefix: 'site_' },
  },
  { name: 'Apache, PHP 8.4, newest WordPress', options: { server: 'apache', php: '8.4', core: 'newest' } },
];

for (const kind of kinds) putsBackEveryTime(kind);
