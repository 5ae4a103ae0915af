// Runs before the first paint, so that neither theme nor accent flashes. Kept in step with web/shell/theme.ts.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const language =
      localStorage.getItem('language') ||
      navigator.languages.map((each) => each.slice(0, 2)).find((each) => each === 'nl' || each === 'en');
    if (language === 'nl' || language === 'en') root.lang = language;
  } catch {
    // Storage is refused: the system's theme and the browser's language hold.
  }
  try {
    const { name, accent } = JSON.parse(document.getElementById('branding').textContent || '{}');
    if (name) document.title = name;
    if (accent) {
      root.style.setProperty('--accent-light', accent.light);
      root.style.setProperty('--accent-dark', accent.dark);
      root.dataset.accent = '';
    }
  } catch {
    // No branding: our own.
  }
})();
