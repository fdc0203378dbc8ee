/** Chapter 3 of the set-up manual from end to end: sign in, register, find, change, delete, sign out. */

import { expect, onScreen, test } from './helpers.js';
import { complete, fillMember, newMember, openNew, search, submitMember } from './members.js';
import { openSignIn, passToCode, sendCode, signOut } from './sign-in.js';

test('an office sets up an administrator', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/422/);
  const member = newMember({ family_name: '髙橋', given_name: '翔', family_kana: 'ﾀｶﾊｼ', given_kana: 'ショウ' });
  const link = (name: string) => page.getByRole('link', { name, exact: true });

  await openSignIn(page, demo);
  await sendCode(page, await passToCode(page, demo));
  await onScreen(page, 'C-1');
  await expect(page.locator('.header')).toContainText('2372101440');
  await expect(page.locator('.header')).toContainText('デモ介護センターひまわり');

  await page.locator('main').getByRole('link', { name: '管理者ユーザ新規登録' }).click();
  await onScreen(page, 'D-2');
  await fillMember(page, member);
  await submitMember(page);
  await onScreen(page, 'D-3');
  const main = page.locator('main');
  for (const text of [member.login_id, '髙橋 翔', 'たかはし しょう', '通所リハビリテーション', 'ケアマネジャー', member.email]) {
    await expect(main).toContainText(text);
  }
  const since = new Date();
  await complete(page);
  await expect(main).toContainText('管理者ユーザを登録しました');
  const notice = await demo.mailWith(member.email, 'アカウント発行のお知らせ', since);
  expect(notice.text).toContain(member.login_id);
  expect(notice.text).toContain('デモ介護センターひまわり');
  expect(notice.text).toMatch(/初期パスワード[\s\S]*\S{12,}/);

  for (const words of [member.login_id, member.login_id.toUpperCase(), '髙橋翔', 'たかはし', 'タカハシ', 'ﾀｶﾊｼ ｼｮｳ']) {
    await search(page, demo, words);
    await expect(page.getByRole('row').filter({ hasText: member.login_id }), words).toHaveCount(1);
  }
  await page.getByRole('row').filter({ hasText: member.login_id }).getByRole('link', { name: '髙橋 翔' }).click();
  await onScreen(page, 'D-5');
  await expect(main).toContainText('まだログインしていません');

  await link('登録内容を編集する').click();
  await onScreen(page, 'D-8');
  await page.locator('#given_name').fill('翔太');
  await page.locator('#given_kana').fill('しょうた');
  await page.getByRole('button', { name: '変更内容を確認する' }).click();
  await expect(page.getByRole('button', { name: '変更を完了する' })).toBeVisible();
  await expect(main).toContainText('髙橋 翔太');
  const changing = new Date();
  await page.getByRole('button', { name: '変更を完了する' }).click();
  await expect(main).toContainText('登録内容を変更しました');
  await onScreen(page, 'D-8');
  await expect.poll(async () => (await demo.arrived(member.email)).filter((m) => new Date(m.time) >= changing).length).toBe(1);

  await link('詳細に戻る').click();
  await onScreen(page, 'D-5');
  await link('アカウントを削除する').click();
  await onScreen(page, 'D-6');
  await expect(main).toContainText(member.login_id);
  await expect(main).toContainText('髙橋 翔太');
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, 'D-7');
  await expect(main).toContainText('アカウントを削除しました');
  await link('管理者ユーザ一覧に戻る').click();
  await onScreen(page, 'D-1');
  await search(page, demo, member.login_id);
  await expect(main).toContainText('条件に合うユーザは見つかりませんでした');

  await openNew(page, demo);
  await fillMember(page, member);
  await submitMember(page);
  await expect(page.locator('#login_id-error')).toContainText('すでに使われています');

  await signOut(page);
  await page.goBack();
  await expect(page.locator('[data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  await expect(page.locator('body')).not.toContainText(member.email);
});
