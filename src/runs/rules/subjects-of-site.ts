/** What sagas that have to do with one site call their subject: work of different kinds may go on beside each other. */
export function subjectsOfSite(siteId: string): string[] {
  return ['site', 'measure', 'verify', 'trial', 'folder-restore'].map((kind) => `${kind}:${siteId}`);
}
