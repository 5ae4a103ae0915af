import type { Accent } from '../platform/house/index.ts';

/** The style of a public page, with the agency's colours: web/ui/tokens.css in short, since a copy of the page stands alone. */
export function pageStyle(accent: Accent | null): string {
  const { light = '#8a5a00', dark = '#e8b04a' } = accent ?? {};
  return `${base}:root{--accent:light-dark(${light},${dark})}`;
}

const base = `
:root{color-scheme:light dark;--paper:light-dark(#faf8f4,#15120e);--panel:light-dark(#fff,#1d1914);--line:light-dark(#e3ddd1,#332c23);--edge:light-dark(#948a79,#766b5d);
--ink:light-dark(#211c15,#f0e9dd);--soft:light-dark(#665d50,#a99f90);--well:light-dark(#1d6b45,#6cc596);--broken:light-dark(#a8221c,#ff8a7a);--unsure:light-dark(#46598c,#a3b4e6)}
*{box-sizing:border-box;margin:0}
body{font:400 1.0625rem/1.5 'Atkinson Hyperlegible Next',system-ui,sans-serif;color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums;padding:24px 16px 64px}
header,main,footer{max-width:760px;margin:0 auto}
header{display:flex;gap:12px;align-items:center;padding-bottom:12px;border-bottom:3px solid var(--accent);font-weight:600}
header img{max-height:40px;max-width:180px}
.title{margin-top:40px;color:var(--soft)}
h1{font-size:2rem;line-height:1.15;letter-spacing:-.02em;font-weight:640;text-wrap:balance;margin:4px 0 12px}
h2{font-size:1.0625rem;font-weight:640;margin:40px 0 12px}
p.soft,footer,.small{color:var(--soft);font-size:.9375rem}
ul,ol{list-style:none;padding:0}
.sites>li{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:16px;margin-bottom:12px}
.row{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;align-items:baseline}
a{color:inherit;text-decoration-color:var(--edge);text-underline-offset:3px;overflow-wrap:anywhere}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.state{font-weight:600}
.well{color:var(--well)}.out{color:var(--broken)}.unsure,.unwatched{color:var(--unsure)}.work{color:var(--ink)}
svg{display:block;width:100%;height:40px;margin:12px 0 4px}
svg .well,svg .maintenance{fill:color-mix(in oklab,var(--well) 60%,var(--paper))}svg .out{fill:var(--broken)}svg .unknown{fill:var(--unsure)}svg .none{fill:var(--edge)}
.outages>li{padding:12px 0;border-top:1px solid var(--line)}
footer{margin-top:40px}
@media (forced-colors:active){svg path{fill:CanvasText}svg .out{fill:Highlight}}
`.replaceAll('\n', '');
