import type { Site } from '../../src/sites/contract.ts';
import { Availability } from './availability/Availability.tsx';
import { History } from './History.tsx';
import { HostLimits, Inventory } from './Inventory.tsx';
import { SiteSettings } from './SiteSettings.tsx';
import styles from './SitePage.module.css';
import { Size } from './Size.tsx';
import { Watch } from './Watch.tsx';

/** Everything else that is known of a site. */
export function BelowTheLine({ site }: { site: Site }) {
  return (
    <div className={styles.below}>
      <Watch site={site.id} />
      <Availability site={site.id} />
      <Size site={site} />
      <SiteSettings site={site} />
      <Inventory site={site.id} />
      <HostLimits site={site.id} />
      <History site={site.id} />
    </div>
  );
}
