/** C-1: the menu of a 事業所ユーザ. */

import { expect, onScreen, test } from '../helpers.js';
import { beSignedIn } from '../sign-in.js';

test('it names the office and leads to its administrators and staff', async ({ page, demo }) => {
  await beSignedIn(page, demo);
  for (const text of ['2372101440', 'デモ介護センターひまわり', '事業所ユーザ', demo.officeUser.login_id]) {
    await expect(page.locator('.header')).toContainText(text);
  }
  for (const [name, screen] of [
    ['管理者ユーザ新規登録', 'D-2'],
    ['管理者ユーザ一覧', 'D-1'],
    ['一般ユーザ新規登録', 'D-12'],
    ['一般ユーザ一覧', 'D-11'],
  ] as const) {
    await page.goto(`${demo.info.https_login}/office`);
    await onScreen(page, 'C-1');
    await page.locator('main').getByRole('link', { name }).click();
    await onScreen(page, screen);
  }
  await page.locator('#menu-button').click();
  await page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '管理メニュー' }).click();
  await onScreen(page, 'C-1');
});
