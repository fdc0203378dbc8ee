/** D-11 to D-18: 一般ユーザ, looked after by a 管理者ユーザ; deleted ones come back by the 事業所ユーザ. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { international, signInAs } from '../member-sign-in.js';
import { complete, fillMember, newMember, openNew, register, search, submitMember } from '../members.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

test('a 管理者ユーザ registers, changes and deletes a 一般ユーザ', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404|422/);
  await signInAs(page, demo, demo.administrator('NursingUserA000'), 'C-11');
  await page.locator('main').getByRole('link', { name: '一般ユーザ新規登録' }).click();
  await check(page, 'D-12');
  const phone = `080${String(Date.now()).slice(-8)}`;
  const member = newMember({ email: '', phone: '' });
  await fillMember(page, member);
  await submitMember(page);
  await expectErrors(page, 'メールアドレスと携帯電話番号のどちらかを入力してください。');
  await axe(page);
  await page.locator('#phone').fill(phone);
  await submitMember(page);
  await check(page, 'D-13');
  await page.getByRole('link', { name: '入力に戻る' }).click();
  await onScreen(page, 'D-12');
  await expect(page.locator('#family_name')).toHaveValue('山田');
  await page.goBack();
  await onScreen(page, 'D-13');
  await complete(page, 'staff');
  await check(page, 'D-14');
  await page.reload();
  await page.goBack();
  await onScreen(page, 'D-14');
  await expect.poll(async () => (await demo.arrived(international(phone))).length).toBe(1);
  const [notice] = await demo.arrived(international(phone));
  expect(notice?.text).toContain(member.login_id);

  await page.getByRole('link', { name: '一般ユーザ一覧に戻る' }).click();
  await check(page, 'D-11');
  await search(page, demo, member.login_id, 'staff');
  await page.locator('tbody').getByRole('link').first().click();
  await check(page, 'D-15');
  const address = page.url();
  await page.getByRole('link', { name: '登録内容を編集する' }).click();
  await check(page, 'D-18');
  await page.locator('#given_name').fill('恵');
  await page.getByRole('button', { name: '変更内容を確認する' }).click();
  await page.getByRole('button', { name: '変更を完了する' }).click();
  await expect(page.locator('main')).toContainText('登録内容を変更しました');
  await page.goto(address);
  await page.getByRole('link', { name: 'アカウントを削除する' }).click();
  await check(page, 'D-16');
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await check(page, 'D-17');
  await expect(page.getByRole('link', { name: '一般ユーザ一覧に戻る' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'アカウントを復元する' })).toHaveCount(0);
  await page.goto(address);
  await onScreen(page, 'Z-5');
});

test('the 事業所ユーザ finds a deleted account and restores it', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  const member = newMember();
  const address = await register(page, demo, member, 'staff');
  await page.goto(`${address}/delete`);
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, 'D-17');
  await search(page, demo, member.login_id, 'staff');
  await expect(page.locator('main')).toContainText('条件に合うユーザは見つかりませんでした');
  await page.locator('#state').selectOption('deleted');
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/state=deleted/);
  await onScreen(page, 'D-11');
  await expect(page.locator('tbody')).toContainText('削除済み');
  await axe(page);
  await page.locator('tbody').getByRole('link').first().click();
  await onScreen(page, 'D-17');
  await page.getByRole('link', { name: 'アカウントを復元する' }).click();
  await check(page, 'D-19');
  const since = new Date();
  await page.getByRole('button', { name: 'アカウントを復元する' }).click();
  await expect(page.locator('main')).toContainText('アカウントを復元しました');
  await demo.mailWith(member.email, 'パスワード再発行のお知らせ', since);
  await page.goto(address);
  await onScreen(page, 'D-15');
  await expect(page.locator('main')).toContainText('初期パスワード');
});

test('states are filters, chips and an order', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  const base = `${demo.info.https_login}/administrators`;
  for (const [state, word, id] of [
    ['suspended', '停止中', 'NursingUserA012'],
    ['expired', '期限切れ', 'NursingUserA013'],
    ['locked', 'ロック中', 'NursingUserA014'],
    ['never', '未ログイン', 'NursingUserA022'],
    ['active', '有効', 'NursingUserA005'],
  ] as const) {
    await page.goto(`${base}?state=${state}&q=${id}`);
    await onScreen(page, 'D-1');
    await expect(page.locator('tbody tr')).toHaveCount(1);
    for (const cell of await page.locator('tbody [data-label="状態・最終ログイン"]').allInnerTexts()) {
      expect(cell).toContain(word);
    }
    await expect(page.getByRole('list', { name: '絞り込み条件' })).toContainText(`状態：${word}`);
  }
  await page.goto(`${base}?state=dormant`);
  await expect(page.locator('tbody')).toContainText('NursingUserA021');
  await expect(page.locator('tbody')).not.toContainText('NursingUserA005');
  await page.goto(`${base}?q=NursingUser&sort=sign-in&order=desc`);
  await onScreen(page, 'D-1');
  await expect(page.locator('th[aria-sort]')).toHaveText(/最終ログイン/);
  await expect(page.locator('tbody tr').first()).toContainText('最終ログイン：');
});

test('a second form is as empty as the first', async ({ page, demo }) => {
  await beSignedIn(page, demo);
  await openNew(page, demo, 'staff');
  await expect(page.locator('#family_name')).toHaveValue('');
  await expect(page.locator('#email')).not.toHaveAttribute('aria-required');
});
