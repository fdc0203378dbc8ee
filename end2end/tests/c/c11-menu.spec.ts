/** C-11: the menu of a 管理者ユーザ. */

import { expect, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { check } from '../screen.js';

test('an administrator signs in by mail and finds nothing of the 事業所ユーザ', async ({ page, demo, watch }) => {
  watch.allow(/403/);
  await signInAs(page, demo, demo.administrator('NursingUserA000'), 'C-11');
  await check(page, 'C-11');
  await expect(page.locator('.header')).toContainText('管理者');
  await expect(page.locator('.header')).toContainText('田中 蓮');
  for (const path of ['/office', '/administrators', '/home']) {
    const answer = await page.goto(`${demo.info.https_login}${path}`);
    expect(answer?.status(), path).toBe(403);
    await onScreen(page, 'Z-4');
  }
  await page.locator('main').getByRole('link', { name: 'メニューに戻る' }).click();
  await onScreen(page, 'C-11');
});
