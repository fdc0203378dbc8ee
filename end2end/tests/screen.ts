/** What holds on every screen: number, language, title, accessibility, room for narrow displays. */

import { type Page, test } from '@playwright/test';

import { axe, expect, onScreen } from './helpers.js';

/** Whose title each one is, as far as this run has seen. */
const TITLES = new Map<string, string>();

/** Checks the screen that `page` shows, which must be `number` and not be in an error state. */
export async function check(page: Page, number: string): Promise<void> {
  await test.step(number, async () => {
    await onScreen(page, number);
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
    await expect(page.locator('h1')).toHaveCount(1);
    const title = await page.title();
    expect(title).toContain('介護保険資格確認等WEBサービス');
    const elsewhere = TITLES.get(title);
    expect(elsewhere ?? number, `「${title}」 is the title of another screen`).toBe(number);
    TITLES.set(title, number);
    await expectNumberAtBottomLeft(page, number);
    await axe(page);
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `${number} scrolls sideways at 320 px`).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 720 });
  });
}

async function expectNumberAtBottomLeft(page: Page, number: string): Promise<void> {
  const mark = page.locator('.footer__screen');
  await expect(mark).toHaveText(`画面番号：${number}`);
  const [box, main, links] = await Promise.all([
    mark.boundingBox(),
    page.locator('main').boundingBox(),
    page.locator('.footer__links').boundingBox(),
  ]);
  if (!box || !main || !links) throw new Error(`${number} has no footer`);
  expect(box.y).toBeGreaterThanOrEqual(main.y + main.height);
  expect(box.x).toBeLessThanOrEqual(links.x);
}
