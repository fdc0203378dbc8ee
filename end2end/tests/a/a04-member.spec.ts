/** ユーザID and パスワード of a 管理者 or 一般ユーザ. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { openMemberSignIn } from '../member-sign-in.js';
import { check } from '../screen.js';
import { sendPassword } from '../sign-in.js';

test.beforeEach(async ({ page, demo }) => {
  await openMemberSignIn(page, demo);
});

test('empty fields are named', async ({ page, watch }) => {
  watch.allow(/422/);
  await check(page, 'A-4');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expectErrors(page, 'ユーザIDを入力してください。', 'パスワードを入力してください。');
  await axe(page);
});

test('unknown, wrong, another kind and a first sign-in past its time are told apart by nothing', async ({
  page,
  demo,
  watch,
}) => {
  watch.allow(/401/);
  const texts: string[] = [];
  for (const [id, password] of [
    ['NobodyAtAll99', 'demo-himawari-2025'],
    ['NursingStaffB004', 'wrong'],
    [demo.otherUser.login_id, demo.otherUser.password],
  ] as const) {
    await openMemberSignIn(page, demo);
    await sendPassword(page, id, password);
    await expectErrors(page, 'ユーザIDまたはパスワードが正しくないか');
    await expect(page.locator('#login_id')).toHaveValue(id);
    texts.push(await page.locator('main').innerText());
  }
  expect(new Set(texts).size).toBe(1);
  await axe(page);
});

test('both doors lead to each other', async ({ page }) => {
  await page.getByRole('link', { name: 'こちらからログイン' }).click();
  await onScreen(page, 'A-2');
  await page.goBack();
  await onScreen(page, 'A-4');
  await page.getByRole('link', { name: 'パスワードを忘れた場合' }).click();
  await onScreen(page, 'G-1');
});
