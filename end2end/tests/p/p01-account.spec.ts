/** P-1: one's own account, passkeys, authenticator app, recovery codes, sessions. */

import { type Page } from '@playwright/test';

import { type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { openMemberSignIn, passToWays, signInAs } from '../member-sign-in.js';
import { VirtualAuthenticator } from '../passkeys.js';
import { check } from '../screen.js';
import { beSignedIn, sendCode, signOut } from '../sign-in.js';
import { totp } from '../totp.js';

async function openAccount(page: Page): Promise<void> {
  await page.locator('#menu-button').click();
  await page.getByRole('link', { name: 'アカウントの確認と設定' }).click();
  await onScreen(page, 'P-1');
}

/** From P-1's parts to `path`, giving the password again. */
async function confirm(page: Page, password: string): Promise<void> {
  await expect(page.locator('h1')).toHaveText('アカウントの本人確認');
  await page.locator('#current_password').fill(password);
  await page.getByRole('button', { name: '本人確認をして進む', exact: true }).click();
}

async function leaveAlone(demo: Demo): Promise<void> {
  await demo.advanceClock(5 * 60);
}

test('a passkey is added, signs in by button and by autofill, and is removed', { tag: '@js' }, async ({
  page,
  demo,
  watch,
}) => {
  test.slow();
  watch.allow(/422/);
  const member = demo.staffMember('NursingStaffB004');
  const authenticator = await VirtualAuthenticator.add(page);
  await authenticator.touched(false);
  await signInAs(page, demo, member, 'C-21');
  await openAccount(page);
  await check(page, 'P-1');
  await leaveAlone(demo);
  await page.getByRole('link', { name: 'パスキーを追加する' }).click();
  await check(page, 'P-1');
  await confirm(page, 'wrong');
  await expectErrors(page, '現在のパスワードが正しくありません');
  await confirm(page, member.password);
  await expect(page.locator('h1')).toHaveText('アカウントへのパスキーの追加');
  await check(page, 'P-1');
  const since = new Date();
  await page.locator('#passkey_name').fill('事務室のパソコン');
  await authenticator.touched(true);
  await page.getByRole('button', { name: 'パスキーを追加する' }).click();
  await expect(page.locator('main')).toContainText('パスキーを追加しました');
  await expect(page.locator('main')).toContainText('事務室のパソコン');
  expect(await authenticator.count()).toBe(1);
  await demo.mailWith(member.contact, 'パスキー追加のお知らせ', since);
  await check(page, 'P-1');

  await authenticator.offered(false);
  await signOut(page);
  await openMemberSignIn(page, demo);
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
  await onScreen(page, 'C-21');

  // The browser offers it in the ユーザID field, and the person takes the offer.
  await authenticator.offered(true);
  await signOut(page);
  await page.goto(`${demo.info.https_login}/sign-in/member`, { waitUntil: 'commit' });
  await onScreen(page, 'C-21');

  await openAccount(page);
  await page.getByRole('link', { name: /^削除 ?：事務室のパソコン$/ }).click();
  await check(page, 'P-1');
  await page.getByRole('button', { name: 'パスキーを削除する' }).click();
  await expect(page.locator('main')).toContainText('パスキーは登録されていません');
  await authenticator.offered(false);
  await signOut(page);
  await openMemberSignIn(page, demo);
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
  await expectErrors(page, 'パスキーを確認できませんでした');
  await check(page, 'A-4');
});

test('without JavaScript nothing is said of passkeys but why', { tag: '@no-js' }, async ({ page, demo }) => {
  await openMemberSignIn(page, demo);
  await expect(page.getByRole('button', { name: 'パスキーでログイン' })).toBeHidden();
  await signInAs(page, demo, demo.staffMember('NursingStaffB004'), 'C-21');
  await openAccount(page);
  await expect(page.getByRole('link', { name: 'パスキーを追加する' })).toBeHidden();
  await expect(page.locator('main')).toContainText('JavaScriptを有効にしたブラウザが必要です');
  await check(page, 'P-1');
});

test('an authenticator app is registered and signs in; a recovery code stands in for it', async ({
  page,
  demo,
  watch,
}) => {
  test.slow();
  watch.allow(/422/);
  const member = demo.administrator('NursingUserA002');
  await signInAs(page, demo, member, 'C-11');
  await openAccount(page);
  await page.getByRole('link', { name: '認証アプリを登録する' }).click();
  await check(page, 'P-1');
  const secret = await page.locator('.secret').innerText();
  await page.locator('#one_time_code').fill('000000');
  await page.getByRole('button', { name: '認証アプリを登録する' }).click();
  await expectErrors(page, '認証アプリのコードが正しくありません');
  await page.locator('#one_time_code').fill(totp(secret, await demo.now()));
  await page.getByRole('button', { name: '認証アプリを登録する' }).click();
  await expect(page.locator('h1')).toHaveText('アカウントのリカバリーコード');
  await check(page, 'P-1');
  const codes = (await page.locator('.copy__text').innerText()).split('\n');
  expect(codes).toHaveLength(10);
  await page.getByRole('link', { name: '保管したので、アカウントに戻る' }).click();
  await expect(page.locator('main')).toContainText('残り10個');
  await signOut(page);

  await demo.advanceClock(30);
  await passToWays(page, demo, member.login_id, member.password);
  await check(page, 'B-11');
  await page.locator('input[value="app"]').check();
  await page.getByRole('button', { name: '次へ進む' }).click();
  await check(page, 'B-12');
  await sendCode(page, totp(secret, await demo.now()));
  await onScreen(page, 'C-11');
  await signOut(page);

  await passToWays(page, demo, member.login_id, member.password);
  await page.locator('input[value="recovery"]').check();
  await page.getByRole('button', { name: '次へ進む' }).click();
  await check(page, 'B-12');
  await page.locator('#recovery_code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: '認証を完了してトップ画面へ進む' }).click();
  await onScreen(page, 'C-11');
  await openAccount(page);
  await expect(page.locator('main')).toContainText('残り9個');
  await page.getByRole('link', { name: '認証アプリの登録を解除する' }).click();
  await check(page, 'P-1');
  await page.getByRole('button', { name: '認証アプリの登録を解除する' }).click();
  await expect(page.locator('main')).toContainText('認証アプリは登録されていません');
  await signOut(page);
});

test('another session is thrown out', async ({ page, demo, openPage, watch }) => {
  test.slow();
  watch.allow(/401/);
  const member = demo.staffMember('NursingStaffB004');
  await signInAs(page, demo, member, 'C-21');
  const since = new Date();
  const other = await openPage(demo.certificateOf(member.office_number));
  await signInAs(other, demo, member, 'C-21');
  await demo.mailWith(member.contact, '新しい端末からのログインのお知らせ', since);
  await openAccount(page);
  await page.getByRole('button', { name: 'ほかの端末をすべてログアウトさせる' }).click();
  await expect(page.locator('main')).toContainText('ほかの端末をすべてログアウトさせました');
  await other.goto(`${demo.info.https_login}/home`);
  await onScreen(other, 'Z-3');

  await signInAs(other, demo, member, 'C-21');
  await page.goto(`${demo.info.https_login}/account`);
  await page.getByRole('button', { name: /^ログアウトさせる/ }).click();
  await expect(page.locator('main')).toContainText('選択した端末をログアウトさせました');
  await other.reload();
  await onScreen(other, 'Z-3');
});

test('a 事業所ユーザ sees where it is signed in', async ({ page, demo }) => {
  await beSignedIn(page, demo);
  await openAccount(page);
  await check(page, 'P-1');
  await expect(page.locator('main')).toContainText('電子請求受付システムで変更してください');
  await expect(page.locator('main')).not.toContainText('パスキー');
});
