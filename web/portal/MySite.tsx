import { useParams } from '@tanstack/react-router';
import { SiteCare } from './SiteCare.tsx';

export function MySite() {
  const { site } = useParams({ from: '/portal/mine/$site' });
  return <SiteCare site={site} hasOthers />;
}
