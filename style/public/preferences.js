// 文字サイズ and 表示, kept in this browser. Loaded before the first paint, so that no page flashes in the wrong colours, and
// works on its own: the app's script may arrive later or never.
(() => {
  const root = document.documentElement;
  const standard = { text: "standard", theme: "system" };

  const read = (key) => {
    try {
      return localStorage.getItem(`preference-${key}`) ?? standard[key];
    } catch {
      return standard[key]; // Storage is switched off: the preference lasts for this page.
    }
  };

  const apply = (key, value) => {
    if (value === standard[key]) delete root.dataset[key];
    else root.dataset[key] = value;
    for (const radio of document.querySelectorAll(`input[data-preference="${key}"]`)) {
      radio.checked = radio.value === value;
    }
  };

  const applyAll = () => Object.keys(standard).forEach((key) => apply(key, read(key)));

  applyAll();
  root.dataset.script = "";
  document.addEventListener("DOMContentLoaded", applyAll);
  addEventListener("pageshow", applyAll);
  addEventListener("storage", applyAll); // Changed in another tab.

  document.addEventListener("change", ({ target }) => {
    const key = target.dataset?.preference;
    if (!(key in standard)) return;
    apply(key, target.value);
    try {
      localStorage.setItem(`preference-${key}`, target.value);
    } catch {
      // As in `read`.
    }
  });
})();
