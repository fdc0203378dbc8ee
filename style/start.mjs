// Brings a page to life: loads the Wasm and hands it each island of the page. Everything else is plain HTML and stays so.
// `site.mjs` bundles this with wasm-bindgen's glue into `app.<hash>.js`.
import init, * as app from "./app.js";

export async function start(wasm) {
  await init({ module_or_path: wasm });
  app.hydrate();
  // Islands do not nest here, so the order of the document will do.
  for (const island of document.querySelectorAll("leptos-island")) app[island.dataset.component](island);
  app.page_ready();
}
