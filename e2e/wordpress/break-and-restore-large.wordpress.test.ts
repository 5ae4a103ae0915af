import { isRoot } from '../harness/machine.ts';
import { whyNoPackages } from '../harness/store-packages.ts';
import { putsBackEveryTime, type Kind } from './break-and-restore.ts';

// Truth 2: a shop and a network of sites, broken in five ways, is put back byte for byte and row for row each time.
const kinds: Kind[] = [
  {
    name: 'a network of two sites',
    options: { server: 'nginx', php: 'native', core: 'newest', multisite: true },
    skip: isRoot ? undefined : 'a network needs port 80',
  },
  {
    name: 'a WooCommerce shop that sells while it is backed up',
    options: { server: 'nginx', php: 'native', core: 'newest', shop: true },
    skip: whyNoPackages(),
  },
];

for (const kind of kinds) putsBackEveryTime(kind);
