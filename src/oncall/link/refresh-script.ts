/**
 * Keeps an open page fresh: what changed is put in its place, so that neither scroll nor focus is lost. A page that is not
 * seen asks for nothing; bad reception is waited out. The text is the script itself: its hash stands in the policy.
 */
export const refreshScript = `
(()=>{let busy=false;
async function look(){
if(busy||document.hidden)return;
busy=true;
try{
const url=new URL(location.href);
url.searchParams.delete('said');
const answer=await fetch(url,{cache:'no-store',redirect:'error',signal:AbortSignal.timeout(8000)});
if(!answer.ok)return;
const fresh=new DOMParser().parseFromString(await answer.text(),'text/html');
for(const part of ['header','main']){
const here=document.querySelector(part),there=fresh.querySelector(part);
if(!here||!there)continue;
const details=there.querySelector('details');
if(details)details.open=here.querySelector('details')?.open??false;
if(here.outerHTML===there.outerHTML)continue;
const focused=here.contains(document.activeElement)?document.activeElement.textContent:null;
here.replaceWith(there);
if(focused!==null)[...there.querySelectorAll('a,button,summary')].find((one)=>one.textContent===focused)?.focus({preventScroll:true});
}}catch{}finally{busy=false}}
setInterval(look,10000);
document.addEventListener('visibilitychange',look)})()
`;
