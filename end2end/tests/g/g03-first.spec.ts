/** G-3 and G-4 after a first sign-in: the initial password is changed before anything else. */

import { expect, expectErrors, onScreen, scriptsAreOn, test } from '../helpers.js';
import { freshPassword, signInAs } from '../member-sign-in.js';
import { check } from '../screen.js';

test('a first sign-in leads through G-3 and G-4 to the menu', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  // One account for each run, since there is one first sign-in.
  const [member, menu] = scriptsAreOn()
    ? [demo.administrator('NursingUserA001'), 'C-11']
    : [demo.staffMember('NursingStaffB003'), 'C-21'];
  await signInAs(page, demo, member, 'G-3');
  await check(page, 'G-3');
  await page.goto(`${demo.info.https_login}${scriptsAreOn() ? '/administrator' : '/home'}`);
  await onScreen(page, 'A-4');
  await page.goto(`${demo.info.https_login}/password/new`);
  await onScreen(page, 'G-3');

  await page.locator('#new_password').fill('password1234');
  await page.locator('#password_again').fill('password12345');
  await page.getByRole('button', { name: 'パスワードを再設定' }).click();
  await expectErrors(page, '推測されやすい', '一致していません');
  const password = freshPassword();
  const since = new Date();
  await page.locator('#new_password').fill(password);
  if (scriptsAreOn()) await expect(page.locator('main')).toContainText('このパスワードは使えます。');
  await page.locator('#password_again').fill(password);
  await page.getByRole('button', { name: 'パスワードを再設定' }).click();
  await check(page, 'G-4');
  const notice = await demo.mailWith(member.contact, 'パスワード変更のお知らせ', since);
  expect(notice.text).not.toContain(password);
  await page.getByRole('link', { name: 'メニューに進む' }).click();
  await onScreen(page, menu);
});
