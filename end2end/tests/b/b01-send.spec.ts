/** B-1: before the first code, for those who have no security code. */

import { axe, expect, onScreen, test } from '../helpers.js';
import { check } from '../screen.js';
import { sendCode, sendPassword } from '../sign-in.js';

test('the code goes out when asked for, to a masked address, and only once', async ({ openPage, demo }) => {
  const user = demo.newOfficeUser;
  const page = await openPage(demo.certificateOf(user.office_number));
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  const since = new Date();
  await sendPassword(page, user.login_id, user.password);
  await check(page, 'B-1');
  await expect(page.locator('main')).toContainText('mi***@office.example.jp');
  await expect(page.locator('main')).not.toContainText(user.contact);
  await page.reload();
  await onScreen(page, 'B-1');
  expect(await demo.codeMails(user.contact, since)).toHaveLength(0);

  await page.getByRole('button', { name: 'ワンタイム認証コードを送信する', exact: true }).click();
  await onScreen(page, 'B-2');
  const code = await demo.lastCode(user.contact, since);
  await page.goto(`${demo.info.https_login}/sign-in/office/send-code`);
  await onScreen(page, 'B-2');
  await page.reload();
  await onScreen(page, 'B-2');
  await sendCode(page, code);
  await onScreen(page, 'C-1');
  expect(await demo.codeMails(user.contact, since)).toHaveLength(1);
});

test('without a registered mail address it ends here', async ({ openPage, demo }) => {
  const user = demo.unreachableUser;
  const page = await openPage(demo.certificateOf(user.office_number));
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'B-1');
  await expect(page.locator('main')).toContainText('メールアドレスが登録されていません');
  await expect(page.getByRole('button', { name: 'ワンタイム認証コードを送信する' })).toHaveCount(0);
  await axe(page);
  await page.goto(`${demo.info.https_login}/sign-in/office/code`);
  await onScreen(page, 'B-1');
});
