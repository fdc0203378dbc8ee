/** A Japanese input method, as the browser gets it from the system. */

import { type Locator, type Page } from '@playwright/test';

/** Shows each of `steps` in `field` as a composition, then puts `committed` in its place; empty: it is broken off. */
export async function compose(page: Page, field: Locator, steps: string[], committed: string): Promise<void> {
  await field.focus();
  const devtools = await page.context().newCDPSession(page);
  for (const text of committed ? steps : [...steps, '']) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  if (committed) await devtools.send('Input.insertText', { text: committed });
  await devtools.detach();
}

/** Types `kana` sound by sound, converts it and takes `written`. */
export async function convert(page: Page, field: Locator, kana: string, written: string): Promise<void> {
  const typed = [...kana].map((_, index) => kana.slice(0, index + 1));
  await compose(page, field, [...typed, written], written);
}
