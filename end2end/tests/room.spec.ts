/** Every page of the album has room on every display: nothing sticks out, nothing is too small to hit, names stay whole. */

import { expect, type Page, test } from '@playwright/test';

import { dressed, pictures } from './album.js';

/** Phones at their narrowest, tablets either way round, the old notebook. */
const WIDTHS = [320, 390, 768, 1024, 1366];

/** WCAG 2.2, 2.5.8. */
const SMALLEST_TARGET = 24;

/** What is wrong with the page at the width that it has, one line each. */
async function faults(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const found: string[] = [];
    const name = (element: Element) => `${element.tagName} ${element.className} 「${element.textContent.trim().slice(0, 20)}」`;
    const seen = (element: Element) => element.checkVisibility() && !element.closest('.visually-hidden, .skip, dialog');
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(seen);

    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > room) {
      const wide = all('body *').find((element) => element.getBoundingClientRect().right > room);
      found.push(`the page scrolls sideways: ${wide ? name(wide) : ''}`);
    }
    for (const target of all('a, button, input, select, textarea, summary')) {
      // Words in a sentence are as high as its lines.
      if (getComputedStyle(target).display === 'inline') continue;
      const area = (target.closest('label') ?? target).getBoundingClientRect();
      if (Math.min(area.width, area.height) < smallest) found.push(`too small to hit: ${name(target)}`);
    }
    const broken = (element: Element) => new Set([...element.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    if (room >= 640) found.push(...all('.nobreak').filter(broken).map((element) => `broken over lines: ${name(element)}`));
    return found;
  }, SMALLEST_TARGET);
}

const LETTERS = [...new Set(pictures().map(({ number }) => number.slice(0, 1)))];

for (const letter of LETTERS) {
  test(`room on the screens ${letter}`, { tag: '@js' }, async ({ page }) => {
    test.slow();
    for (const picture of pictures().filter(({ number }) => number.startsWith(letter))) {
      await page.setContent(dressed(picture));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        expect.soft(await faults(page), `${picture.name} at ${width} px`).toEqual([]);
      }
    }
  });
}

test('the check of room is awake', { tag: '@js' }, async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.setContent(
    '<!DOCTYPE html><div style="inline-size: 900px">a</div><button style="all: unset; display: block; inline-size: 9px">b</button>' +
      '<div style="inline-size: 1em"><span class="nobreak">c d</span></div>',
  );
  const found = (await faults(page)).join('\n');
  for (const fault of ['scrolls sideways', 'too small to hit', 'broken over lines']) expect(found).toContain(fault);
});
