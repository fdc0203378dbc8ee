/** D-5 to D-8: one 管理者ユーザ: seen, changed, deleted. */

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { newMember, register, search } from '../members.js';
import { beSignedIn, signIn } from '../sign-in.js';

/** Registers somebody and opens D-5; answers its address. */
async function openSomebody(page: Page, demo: Demo): Promise<string> {
  await beSignedIn(page, demo);
  await register(page, demo, newMember());
  const id = new URL(page.url()).searchParams.get('id');
  const address = `${demo.info.https_login}/administrators/${id}`;
  await page.goto(address);
  await onScreen(page, 'D-5');
  return address;
}

test('D-8 refuses what D-2 refuses, and never changes the ID', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  const address = await openSomebody(page, demo);
  await page.goto(`${address}/edit`);
  await onScreen(page, 'D-8');
  await expect(page.locator('input#login_id')).toHaveCount(0);
  await axe(page);
  await page.locator('#email').fill('');
  await page.getByRole('button', { name: '変更内容を確認する' }).click();
  await expectErrors(page, 'メールアドレスを入力してください。');
  await axe(page);
});

test('D-8 unchanged says so; the change of two tabs is not lost silently', async ({ page, demo, watch }) => {
  watch.allow(/409/);
  const address = await openSomebody(page, demo);
  await page.goto(`${address}/edit`);
  await onScreen(page, 'D-8');
  await page.getByRole('button', { name: '変更内容を確認する' }).click();
  await expect(page.locator('main')).toContainText('登録されている内容から変更されていません');
  const other = await page.context().newPage();
  for (const [tab, name] of [[page, '先'], [other, '後']] as const) {
    await tab.goto(`${address}/edit`);
    await onScreen(tab, 'D-8');
    await tab.locator('#family_name').fill(name);
    await tab.getByRole('button', { name: '変更内容を確認する' }).click();
    await expect(tab.getByRole('button', { name: '変更を完了する' })).toBeVisible();
    await onScreen(tab, 'D-8');
  }
  await page.getByRole('button', { name: '変更を完了する' }).click();
  await expect(page.locator('main')).toContainText('登録内容を変更しました');
  await other.getByRole('button', { name: '変更を完了する' }).click();
  await expect(other.locator('main')).toContainText('登録内容が変更されました');
  await page.goto(address);
  await expect(page.locator('main')).toContainText('先 花子');
});

test('each row of D-1 leads to its own D-6; who is deleted has none', async ({ page, demo }) => {
  await beSignedIn(page, demo);
  const member = newMember();
  await register(page, demo, member);
  await search(page, demo, member.login_id);
  await page.getByRole('link', { name: `${member.login_id}を削除`, exact: true }).click();
  await onScreen(page, 'D-6');
  await expect(page.locator('main')).toContainText(member.login_id);
  await expect(page.locator('main')).toContainText('山田 花子');
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, 'D-7');
  await page.goto(`${demo.info.https_login}/administrators?state=deleted&q=${member.login_id}`);
  await onScreen(page, 'D-1');
  await expect(page.getByRole('row').filter({ hasText: member.login_id })).toHaveCount(1);
  await expect(page.getByRole('link', { name: `${member.login_id}を削除` })).toHaveCount(0);
});

test('D-6 names its object; D-7 stays, and the account is gone', async ({ page, demo, watch }) => {
  watch.allow(/404/);
  const address = await openSomebody(page, demo);
  await page.goto(`${address}/delete`);
  await onScreen(page, 'D-6');
  await expect(page.locator('main')).toContainText('山田 花子');
  await axe(page);
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, 'D-7');
  await page.reload();
  await onScreen(page, 'D-7');
  await axe(page);
  for (const path of ['', '/edit', '/delete']) {
    const answer = await page.goto(`${address}${path}`);
    expect(answer?.status(), path).toBe(404);
    await onScreen(page, 'Z-5');
  }
});

test("another office's member answers like one that does not exist", async ({ page, demo, openPage, watch }) => {
  watch.allow(/404/);
  const address = await openSomebody(page, demo);
  const stranger = await openPage(demo.certificateOf(demo.otherUser.office_number));
  await signIn(stranger, demo, demo.otherUser);
  const nobody = `${demo.info.https_login}/administrators/0190a2b4-0000-7000-8000-000000000000`;
  for (const path of ['', '/edit', '/delete', '/deleted']) {
    const texts: string[] = [];
    for (const base of [address, nobody]) {
      const answer = await stranger.goto(`${base}${path}`);
      expect(answer?.status(), path).toBe(404);
      await onScreen(stranger, 'Z-5');
      texts.push((await stranger.locator('main h1, main li').allInnerTexts()).join('\n'));
    }
    expect(texts[0], path).toBe(texts[1]);
  }
});
