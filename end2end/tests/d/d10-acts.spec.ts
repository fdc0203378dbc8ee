/** D-10 and D-19: locks, suspension, expiry, passwords and sessions of one account, and what its owner notices. */

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { initialPasswordIn, replaceInitial, signInAs } from '../member-sign-in.js';
import { newMember, register } from '../members.js';
import { check } from '../screen.js';
import { beSignedIn, sendPassword } from '../sign-in.js';

/** From D-15 through the confirmation; `screen` is the act's. */
async function act(page: Page, address: string, link: string, screen = 'D-19'): Promise<void> {
  await page.goto(address);
  await page.getByRole('link', { name: new RegExp(`^${link}`) }).click();
  await onScreen(page, screen);
  await page.getByRole('button', { name: link, exact: true }).click();
  await onScreen(page, screen);
  await expect(page).toHaveURL(/\/done$/);
}

/** A 一般ユーザ whose password is its own, signed in in a browser of its own. */
async function somebodySignedIn(page: Page, other: Page, demo: Demo) {
  await beSignedIn(page, demo);
  const member = newMember();
  const since = new Date();
  const address = await register(page, demo, member, 'staff');
  const initial = await initialPassword(demo, member.email, 'アカウント発行のお知らせ', since);
  const password = await replaceInitial(other, demo, member.login_id, initial, { to: member.email });
  return { member, address, password };
}

async function initialPassword(demo: Demo, to: string, subject: string, since: Date): Promise<string> {
  return initialPasswordIn((await demo.mailWith(to, subject, since)).text);
}

async function expectRefused(page: Page, demo: Demo, login_id: string, password: string): Promise<void> {
  await page.goto(`${demo.info.https_login}/sign-in/member`);
  await sendPassword(page, login_id, password);
  await onScreen(page, 'A-4');
  await expect(page.locator('#error-summary')).toBeAttached();
}

test('an open tab notices a suspension, a lock and the end of its session', async ({ page, demo, openPage, watch }) => {
  test.slow();
  watch.allow(/401/);
  const other = await openPage(demo.certificateOf(demo.officeUser.office_number));
  const { member, address, password } = await somebodySignedIn(page, other, demo);
  const contact = { ...demo.staffMember('NursingStaffB000'), login_id: member.login_id, contact: member.email, password };
  for (const [link, done, undo] of [
    ['利用を停止する', '利用を停止しました', '利用を再開する'],
    ['アカウントをロックする', 'アカウントをロックしました', 'ロックを解除する'],
    ['ログアウトさせる', 'すべての端末からログアウトさせました', undefined],
  ] as const) {
    const since = new Date();
    await act(page, address, link);
    await expect(page.locator('main')).toContainText(done);
    await axe(page);
    await demo.mailWith(member.email, 'アカウント利用設定変更のお知らせ', since);
    await other.goto(`${demo.info.https_login}/home`);
    await onScreen(other, 'Z-3');
    if (undo) {
      await expectRefused(other, demo, member.login_id, password);
      await act(page, address, undo);
    }
    await signInAs(other, demo, contact, 'C-21');
  }
});

test('a re-issued password takes the place of the old one', async ({ page, demo, openPage, watch }) => {
  test.slow();
  watch.allow(/401/);
  const other = await openPage(demo.certificateOf(demo.officeUser.office_number));
  const { member, address, password } = await somebodySignedIn(page, other, demo);
  const since = new Date();
  await act(page, address, 'パスワードを再発行する');
  await expect(page.locator('main')).toContainText('パスワードを再発行しました');
  const initial = await initialPassword(demo, member.email, 'パスワード再発行のお知らせ', since);
  expect(await page.content()).not.toContain(initial);
  await page.reload();
  await onScreen(page, 'D-19');
  await other.goto(`${demo.info.https_login}/home`);
  await onScreen(other, 'Z-3');
  await expectRefused(other, demo, member.login_id, password);
  await replaceInitial(other, demo, member.login_id, initial, { to: member.email });
});

test('a last day is set and taken back; the past is refused', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/422/);
  await beSignedIn(page, demo);
  const address = await register(page, demo, newMember(), 'staff');
  await page.goto(`${address}/set-expiry`);
  await check(page, 'D-19');
  await page.locator('#expires_on').fill('2020-01-01');
  await page.getByRole('button', { name: '有効期限を設定する' }).click();
  await expectErrors(page, '今日以降の日付を入力してください');
  await expect(page.locator('#expires_on')).toHaveValue('2020-01-01');
  await axe(page);
  await page.locator('#expires_on').fill('2099-03-31');
  await page.getByRole('button', { name: '有効期限を設定する' }).click();
  await expect(page.locator('main')).toContainText('2099/03/31まで');
  await page.goto(address);
  await expect(page.locator('main')).toContainText('2099/03/31まで');
  await act(page, address, '有効期限を取り消す');
  await page.goBack();
  await expect(page.locator('main')).toContainText('有効期限が設定されていません');
});

test('the way out comes first, and leads back', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  const member = newMember();
  const address = await register(page, demo, member);
  await page.goto(`${address}/lock`);
  await check(page, 'D-10');
  await expect(page.locator('main')).toContainText(member.login_id);
  await expect(page.locator('main .form .button').first()).toHaveText('キャンセル');
  await page.getByRole('link', { name: 'キャンセル' }).click();
  await onScreen(page, 'D-5');
  await act(page, address, 'アカウントをロックする', 'D-10');
  await page.goto(`${demo.info.https_login}/administrators?state=locked&q=${member.login_id}`);
  await onScreen(page, 'D-1');
  await expect(page.locator('tbody')).toContainText('ロック中');
  await act(page, address, 'ロックを解除する', 'D-10');
});
