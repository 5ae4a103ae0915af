// Names for a made-up agency: no customer of anybody.
const trades =
  'bakkerij kapsalon fysio hovenier loodgieter tandarts advocaten makelaar schilder garage bloemen slagerij yoga notaris brouwerij camping museum theater koor fietsen keukens tuinen coach huisarts uitvaart drukkerij architect rijschool dierenarts boekwinkel'.split(
    ' ',
  );
const places =
  'aanhet-ij amersfoort delft de-kade oost noord zeeland twente dewit vandijk jansen demolen bos visser smit meijer mulder degroot vos peters hendriks dekker brouwer dijkstra vermeulen kok vandenberg jacobs schouten willems hoekstra koster prins huisman postma kramer vanvliet gerritsen debruin veenstra bosman kuipers sanders timmer zwart vanloon hermans peeters roos driessen vandam maas verhoeven vanbeek wolters groen willemsen bakkers koopmans vink dejong'.split(
    ' ',
  );
const ends = ['.nl', '.nl', '.nl', '.com', '.shop', '.eu', '.amsterdam', '.frl'];

/** A different host name for each number below 14,000. */
export function siteName(at: number): string {
  const trade = trades[at % trades.length];
  const place = places[Math.floor(at / trades.length) % places.length];
  const turn = Math.floor(at / (trades.length * places.length));
  const end = ends[(at * 5 + turn) % ends.length];
  return `${trade}-${place}${turn === 0 ? '' : turn + 1}${end}`;
}

/** Names of customers, each different. */
export function customerNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const trade = trades[(at * 7) % trades.length] as string;
    const place = (places[(at * 11) % places.length] as string).replaceAll('-', ' ');
    return `${trade.slice(0, 1).toUpperCase()}${trade.slice(1)} ${place}${at < 1800 ? '' : ' & co'} ${Math.floor(at / 60) || ''}`.trim();
  }).filter((name, at, all) => all.indexOf(name) === at);
}

/** What sites really run, by the names of their folders. */
export const pluginNames =
  'akismet woocommerce contact-form-7 wordpress-seo elementor classic-editor jetpack wpforms-lite really-simple-ssl wordfence litespeed-cache updraftplus all-in-one-wp-migration wp-mail-smtp google-site-kit duplicate-page wp-super-cache redirection advanced-custom-fields autoptimize w3-total-cache classic-widgets limit-login-attempts-reloaded tinymce-advanced wp-fastest-cache loginizer mailchimp-for-wp essential-addons-for-elementor-lite cookie-law-info seo-by-rank-math complianz-gdpr smush wp-optimize polylang gravityforms events-calendar bbpress buddypress mollie-payments-for-woocommerce woocommerce-pdf-invoices-packing-slips regenerate-thumbnails safe-svg svg-support user-role-editor query-monitor health-check wp-crontrol disable-comments antispam-bee broken-link-checker ninja-forms fluentform the-events-calendar tablepress easy-table-of-contents custom-post-type-ui insert-headers-and-footers nextgen-gallery instagram-feed sassy-social-share addtoany wp-pagenavi breadcrumb-navxt members memberpress learnpress sensei-lms give charitable'.split(
    ' ',
  );
