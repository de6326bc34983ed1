/* global document, localStorage */
// Runs before the first paint, so that the page never flashes in the other theme. Keep in step with app/preferences.ts.
(function () {
  try {
    var theme = localStorage.getItem('throughline.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var density = localStorage.getItem('throughline.density');
    if (density === 'compact' || density === 'large') document.documentElement.dataset.density = density;
  } catch {
    /* Storage is switched off: the theme of the system holds. */
  }
})();
