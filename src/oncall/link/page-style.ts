import type { Branding } from '../../platform/house/index.ts';

/** The style of a guard's page with the agency's colours: web/ui/tokens.css in short. It travels inside: one request is all. */
export function linkStyle(accent: Branding['accent']): string {
  const { light, dark, lightWash, darkWash } = accent ?? {
    light: '#8a5a00',
    dark: '#e8b04a',
    lightWash: '#f7ecd4',
    darkWash: '#2c220f',
  };
  return `${base}:root{--lantern:light-dark(${light},${dark});--lantern-wash:light-dark(${lightWash},${darkWash})}`;
}

const base = `
:root{color-scheme:light dark;--paper:light-dark(#faf8f4,#15120e);--panel:light-dark(#fff,#1d1914);--line:light-dark(#e3ddd1,#332c23);--edge:light-dark(#948a79,#766b5d);
--ink:light-dark(#211c15,#f0e9dd);--soft:light-dark(#665d50,#a99f90);--well:light-dark(#1d6b45,#6cc596);--well-wash:light-dark(#dcefe4,#14291e);--broken:light-dark(#a8221c,#ff8a7a);--broken-wash:light-dark(#fbe3df,#3a1512)}
*{box-sizing:border-box;margin:0}
body{font:400 1rem/1.45 'Atkinson Hyperlegible Next',system-ui,sans-serif;color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums}
.page{max-width:460px;margin:0 auto;padding:14px 16px 20px;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column}
header,.row{display:flex;gap:10px;align-items:center;justify-content:space-between}
header{color:var(--soft);font-size:.875rem;margin-bottom:22px}
header img{max-height:28px;max-width:140px}
main{flex:1;display:flex;flex-direction:column}
.state{font-weight:600}.open,.broken{color:var(--broken)}.mine,.taken{color:var(--lantern)}.over,.ok{color:var(--well)}
h1{font-size:1.75rem;line-height:1.15;letter-spacing:-.02em;font-weight:640;text-wrap:balance;margin:6px 0 16px;overflow-wrap:anywhere}
.said{background:var(--well-wash);border-radius:10px;padding:10px 14px;margin-bottom:14px;font-weight:600}
.proof{background:var(--broken-wash);padding:14px 16px;border-radius:12px;border-left:4px solid var(--broken)}
.calm .proof{background:var(--panel);border-left-color:var(--edge)}
.soft,.small{color:var(--soft)}.small{font-size:.875rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 16px;margin:16px 0 12px}
dt{color:var(--soft)}dd{overflow-wrap:anywhere}
a{color:inherit;text-decoration-color:var(--edge);text-underline-offset:3px}
details{margin:0 0 14px}summary{padding:8px 0;color:var(--soft)}
ol{list-style:none;padding:0;font-size:.9375rem}ol li{padding:6px 0;border-top:1px solid var(--line);display:flex;gap:12px}ol time{color:var(--soft);white-space:nowrap}
.act{margin-top:auto}
button,.button{font:inherit;font-weight:600;line-height:1.2;min-height:48px;padding:12px 14px;border-radius:10px;border:1px solid var(--edge);background:var(--panel);color:var(--ink);cursor:pointer;text-decoration:none;display:flex;align-items:center;justify-content:center;text-align:center;width:100%}
.primary{background:var(--lantern);border-color:var(--lantern);color:var(--paper);font-size:1.375rem;min-height:76px;border-radius:16px}
:is(a,button,summary,textarea):focus-visible{outline:3px solid var(--lantern);outline-offset:2px}
.who{text-align:center;margin:10px 0 14px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:8px}.two form{display:grid}.two>:last-child:nth-child(odd){grid-column:1/-1}
textarea{width:100%;min-height:140px;font:inherit;color:inherit;background:var(--panel);border:1px solid var(--edge);border-radius:10px;padding:10px;margin:6px 0 12px}
footer{color:var(--soft);font-size:.8125rem;margin-top:16px;text-align:center}
.what{padding-left:20px;list-style:disc}.what li{margin:8px 0}
@media (prefers-reduced-motion:no-preference){button:active{transform:scale(.99)}}
`.replaceAll('\n', '');
