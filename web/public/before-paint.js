// Runs before the first paint, so that neither theme nor accent flashes. Kept in step with web/shell/theme.ts.
(() => {
  const root = document.documentElement;
  let branding = {};
  try {
    branding = JSON.parse(document.getElementById('branding').textContent || '{}');
  } catch {
    // No branding: our own.
  }
  const { name, accent, language: ofHouse } = branding;
  let stored = {};
  try {
    stored = { theme: localStorage.getItem('theme'), language: localStorage.getItem('language') };
  } catch {
    // Storage is refused: the system's theme and the browser's language hold.
  }
  if (stored.theme === 'light' || stored.theme === 'dark') root.dataset.theme = stored.theme;
  const wished = [stored.language, ...navigator.languages.map((each) => each.slice(0, 2)), ofHouse, 'en'];
  root.lang = wished.find((each) => each === 'nl' || each === 'en');
  if (name) document.title = name;
  if (accent) {
    for (const [key, value] of Object.entries(accent)) root.style.setProperty(`--accent-${key}`, value);
    root.dataset.accent = '';
  }
})();
