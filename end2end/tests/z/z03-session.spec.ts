/** Z-3: sessions that end, and what is not lost with them. */

import { axe, expect, onScreen, scriptsAreOn, test } from '../helpers.js';
import { fillMember, newMember, openNew, submitMember } from '../members.js';
import { check } from '../screen.js';
import { passThrough, signIn } from '../sign-in.js';

const MINUTE = 60;

test('timed out in the middle of D-2: what was typed is there after signing in again', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/401/);
  const member = newMember({ phone: '090-1234-5678' });
  await signIn(page, demo);
  await openNew(page, demo);
  await fillMember(page, member);
  await demo.advanceClock(30 * MINUTE + 1);
  await submitMember(page);
  await onScreen(page, 'Z-3');
  await expect(page.locator('main')).toContainText('入力していた内容');
  await expect(page.locator('main')).toContainText('D-2');
  await check(page, 'Z-3');
  await page.getByRole('link', { name: 'もう一度ログインする' }).click();
  await onScreen(page, 'A-2');
  await passThrough(page, demo, undefined, 'D-2');
  for (const field of ['login_id', 'family_name', 'given_kana', 'email', 'phone'] as const) {
    await expect(page.locator(`#${field}`)).toHaveValue(member[field]);
  }
  await expect(page.locator('#services input[value="16"]')).toBeChecked();
  await expect(page.locator('#jobs input[value="care_manager"]')).toBeChecked();
  await submitMember(page);
  await onScreen(page, 'D-3');
});

test('a page that is asked for too late leads back to itself', async ({ page, demo, watch }) => {
  watch.allow(/401/);
  await signIn(page, demo);
  await demo.advanceClock(30 * MINUTE + 1);
  const answer = await page.goto(`${demo.info.https_login}/administrators?q=A004`);
  expect(answer?.status()).toBe(401);
  await onScreen(page, 'Z-3');
  await expect(page.locator('body')).not.toContainText('NursingUser');
  await page.getByRole('link', { name: 'もう一度ログインする' }).click();
  await onScreen(page, 'A-2');
  await passThrough(page, demo, undefined, 'D-1');
  await expect(page.locator('#q')).toHaveValue('A004');
});

test('whatever happens a session ends after eight hours', { tag: '@no-js' }, async ({ page, demo }) => {
  test.slow();
  await signIn(page, demo);
  const status = async () => (await page.request.get(`${demo.info.https_login}/office`)).status();
  for (let minutes = 0; minutes + 29 < 8 * 60; minutes += 29) {
    await demo.advanceClock(29 * MINUTE);
    expect(await status(), `after ${minutes + 29} minutes`).toBe(200);
  }
  await demo.advanceClock(29 * MINUTE);
  expect(await status()).toBe(401);
});

test('a session is worth nothing with another certificate', async ({ page, demo, openPage, watch }) => {
  watch.allow(/401/);
  await signIn(page, demo);
  const thief = await openPage(demo.certificateOf(demo.otherUser.office_number));
  await thief.context().addCookies(await page.context().cookies());
  await thief.goto(`${demo.info.https_login}/administrators`);
  await expect(thief.locator('[data-screen="Z-3"], [data-screen="A-2"]')).toBeAttached();
});

test('five minutes before the end the session can be extended', { tag: '@js' }, async ({ page, demo }) => {
  await signIn(page, demo);
  await page.clock.install();
  await page.reload();
  await onScreen(page, 'C-1');
  await page.clock.fastForward('25:30');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('まもなくログアウトします');
  await axe(page);
  const extended = page.waitForResponse((response) => response.url().endsWith('/api/extend_session'));
  await dialog.getByRole('button', { name: 'ログインを延長する' }).click();
  expect((await extended).status()).toBe(200);
  await expect(dialog).toBeHidden();
  await page.clock.fastForward('31:00');
  await expect(dialog).toContainText('ログインの有効時間が過ぎました');
});

test('the report for support can be copied, without secrets', async ({ page, demo, context, watch }) => {
  watch.allow(/401/);
  await page.goto(`${demo.info.https_login}/sign-in/office/code?code=123456`);
  await onScreen(page, 'Z-3');
  const report = page.locator('main');
  for (const text of ['画面番号：Z-3', '操作していた画面：B-2', 'エラーID：']) await expect(report).toContainText(text);
  await expect(report).not.toContainText('123456');
  if (!scriptsAreOn()) return;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '問い合わせ用の情報をコピー' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('画面番号：Z-3');
});
