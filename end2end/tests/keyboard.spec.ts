/** From A-1 to C-1 and D-1 without a mouse. */

import { type Locator, type Page } from '@playwright/test';

import { expect, onScreen, test } from './helpers.js';

/** Presses Tab until `target` has the focus, which must be visible. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).toBeInViewport();
      return;
    }
  }
  throw new Error(`Tab never reaches ${target}`);
}

test('signing in with the keyboard alone', async ({ page, demo }) => {
  const { officeUser: user } = demo;
  const press = async (target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '本文へ移動' })).toBeFocused();
  await press(page.getByRole('link', { name: '事業所ユーザログイン', exact: true }));
  await onScreen(page, 'A-2');
  await tabTo(page, page.locator('#login_id'));
  await page.keyboard.type(user.login_id);
  await tabTo(page, page.locator('#password'));
  await page.keyboard.type(user.password);
  await press(page.getByRole('button', { name: 'ログイン', exact: true }));
  await onScreen(page, 'A-3');
  await tabTo(page, page.locator('#security_code'));
  await page.keyboard.type(user.security_code ?? '');
  const since = new Date();
  await page.keyboard.press('Enter');
  await onScreen(page, 'B-2');
  await tabTo(page, page.locator('#one_time_code'));
  await page.keyboard.type(await demo.lastCode(user.contact, since));
  await page.keyboard.press('Enter');
  await onScreen(page, 'C-1');
  await press(page.locator('#menu-button'));
  await press(page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '管理者ユーザ一覧' }));
  await onScreen(page, 'D-1');
});
