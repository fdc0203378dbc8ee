/**
 * The looks of every part in every state, on the pages of `make styleguide`.
 *
 * What is compared is what the style sheet decides, as text: pictures of Japanese text differ from machine to machine with
 * the fonts. Pictures are taken for people, into `styleguide/pictures` beside the pages. `--update-snapshots` writes the
 * texts anew after a change that is meant.
 */

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Page, expect, test } from '@playwright/test';

import { axe } from './axe.js';

const SITE = process.env.SITE_DIR ?? '';
const FOLDER = process.env.STYLEGUIDE ?? path.join(SITE, '../styleguide');

/** How the same page is shown. */
const APPEARANCES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;

/** What is compared: nothing that depends on how wide or high letters are. */
const PROPERTIES = [
  'display', 'color', 'background-color', 'border-top', 'border-left', 'border-radius', 'padding', 'font-size',
  'font-weight', 'text-decoration-line', 'box-shadow', 'stroke', 'min-height',
];

/** None where `make styleguide` did not run: then the last test says so. */
function chapters(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER).filter((name) => name.endsWith('.html')).map((name) => name.replace('.html', '')).sort();
}

async function open(page: Page, chapter: string): Promise<void> {
  await page.goto(pathToFileURL(path.join(FOLDER, `${chapter}.html`)).href);
  await page.evaluate(() => {
    for (const dialog of document.querySelectorAll('dialog')) if (!dialog.id.startsWith('idle')) dialog.show();
    for (const popup of document.querySelectorAll('details.popup')) popup.setAttribute('open', '');
  });
}

/** A line for each set of classes: the style of the first element that has it. */
async function styles(page: Page): Promise<string> {
  const lines = await page.evaluate((properties) => {
    const seen = new Map<string, string>();
    for (const element of document.querySelectorAll('[class]')) {
      const name = `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`;
      if (seen.has(name)) continue;
      const style = getComputedStyle(element);
      seen.set(name, properties.map((property) => `${property}: ${style.getPropertyValue(property)}`).join('; '));
    }
    return [...seen].map(([name, style]) => `${name} { ${style} }`);
  }, PROPERTIES);
  return `${lines.sort().join('\n')}\n`;
}

/** Texts that do not fit into their own boxes, though nothing scrolls there. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const own = (element: Element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const shown = [...document.querySelectorAll<HTMLElement>('.page *')].filter((it) => own(it) && it.checkVisibility());
    const bad = shown.filter((it) => {
      const { overflowX, display, position } = getComputedStyle(it);
      const hidden = position === 'absolute' && it.clientWidth <= 1;
      return !hidden && display !== 'inline' && overflowX !== 'auto' && it.scrollWidth > it.clientWidth + 1;
    });
    return bad.map((it) => `${it.tagName}.${it.className}: ${it.textContent?.trim().slice(0, 40)}`);
  });
}

test.describe('style guide', { tag: '@js' }, () => {

  for (const chapter of chapters()) {
    test(chapter, async ({ page }) => {
      test.slow();
      for (const [name, media] of Object.entries(APPEARANCES)) {
        await page.emulateMedia(media);
        await open(page, chapter);
        expect.soft(await styles(page)).toMatchSnapshot(`${chapter}.${name}.txt`);
        await axe(page);
        await page.screenshot({ path: path.join(FOLDER, 'pictures', `${chapter}.${name}.png`), fullPage: true });
      }
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 720 });
        await open(page, chapter);
        expect(await cutOff(page), `cut off at ${width} px`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      await page.screenshot({ path: path.join(FOLDER, 'pictures', `${chapter}.phone.png`), fullPage: true });
    });
  }

  test('every chapter is there: make styleguide', () => {
    expect(chapters()).toEqual(['choices', 'feedback', 'fields', 'frame', 'lists', 'results', 'text']);
  });
});
