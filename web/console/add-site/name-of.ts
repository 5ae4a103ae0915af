/** How people call a site: its address without the scheme. */
export function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
