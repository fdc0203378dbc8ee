/** D-9: 管理者ユーザ become 一般ユーザ, and the other way round. */

import { axe, expect, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { newMember, register } from '../members.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

test('the list that somebody moved to is shown and says so', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404/);
  await beSignedIn(page, demo);
  const member = newMember();
  const address = await register(page, demo, member);
  await page.goto(address);
  await onScreen(page, 'D-5');
  await page.getByRole('link', { name: /^権限を変更する/ }).click();
  await check(page, 'D-9');
  await expect(page.locator('main')).toContainText(member.login_id);
  const since = new Date();
  await page.getByRole('button', { name: '一般ユーザに変更する' }).click();
  await onScreen(page, 'D-11');
  await expect(page.locator('main')).toContainText('山田 花子さんを一般ユーザに変更しました');
  await axe(page);
  const mail = await demo.mailWith(member.email, '登録内容変更のお知らせ', since);
  expect(mail.text).toContain('管理者ユーザから一般ユーザへ');
  await page.reload();
  await onScreen(page, 'D-11');
  await page.goto(address);
  await onScreen(page, 'Z-5');
  await page.goto(address.replace('/administrators/', '/staff/'));
  await onScreen(page, 'D-15');
});

test('who has no mail address is asked for one first', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  const member = newMember({ email: '', phone: '090-1234-5678' });
  const address = await register(page, demo, member, 'staff');
  await page.goto(`${address}/kind`);
  await onScreen(page, 'D-9');
  await expect(page.locator('main')).toContainText('メールアドレスの登録が必要です');
  await axe(page);
  await page.getByRole('link', { name: '登録内容を編集する' }).click();
  await onScreen(page, 'D-18');
  await page.locator('#email').fill(`${member.login_id}@member.example.jp`);
  await page.getByRole('button', { name: '変更内容を確認する' }).click();
  await page.getByRole('button', { name: '変更を完了する' }).click();
  await expect(page.locator('main')).toContainText('登録内容を変更しました');
  await page.goto(`${address}/kind`);
  await page.getByRole('button', { name: '管理者ユーザに変更する' }).click();
  await onScreen(page, 'D-1');
});

test('a 管理者ユーザ cannot change rights', async ({ page, demo, watch }) => {
  watch.allow(/403/);
  await signInAs(page, demo, demo.administrator('NursingUserA000'), 'C-11');
  await page.goto(`${demo.info.https_login}/staff?q=NursingStaffB000`);
  await onScreen(page, 'D-11');
  await page.locator('tbody').getByRole('link').first().click();
  await onScreen(page, 'D-15');
  await expect(page.getByRole('link', { name: /^権限を変更する/ })).toHaveCount(0);
  await page.goto(`${page.url()}/kind`);
  await onScreen(page, 'Z-4');
});
