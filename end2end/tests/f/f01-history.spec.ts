/** F-1, F-2, F-3: who did what; filters and pages in the address; one record; the file. */

import { readFileSync } from 'node:fs';

import { axe, expect, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { check } from '../screen.js';
import { beSignedIn, signIn } from '../sign-in.js';

test('the office looks through its records', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  await page.locator('#menu-button').click();
  await page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '操作履歴' }).click();
  await check(page, 'F-1');
  await page.locator('#group').selectOption('sign_in');
  await page.locator('#outcome').selectOption('done');
  await page.locator('#login_id').fill(demo.officeUser.login_id);
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/group=sign_in/);
  await onScreen(page, 'F-1');
  for (const action of await page.locator('tbody [data-label="操作"]').allInnerTexts()) expect(action).toContain('ログイン');
  for (const who of await page.locator('tbody [data-label="操作した人"]').allInnerTexts()) {
    expect(who).toContain(demo.officeUser.login_id);
  }
  await expect(page.getByRole('list', { name: '絞り込み条件' }).getByRole('listitem')).toHaveCount(4);
  await page.locator('tbody').getByRole('link').first().click();
  await onScreen(page, 'F-1');
  await expect(page.locator('main')).toContainText('IPアドレス');
  await axe(page);
  await page.goBack();
  await expect(page).toHaveURL(/group=sign_in/);
  await page.getByRole('link', { name: '表を初期状態に戻す' }).first().click();
  await page.waitForURL((url) => url.search === '');
});

test('older and newer records lie on pages of their own', async ({ page, demo }) => {
  test.slow();
  await signIn(page, demo);
  // Every export is a record: enough of them make a second page.
  for (let i = 0; i < 52; i++) {
    const answer = await page.request.post(`${demo.info.https_login}/download/records`, {
      headers: { origin: demo.info.https_login },
      form: { records: 'viewings' },
    });
    expect(answer.status()).toBe(200);
  }
  await page.goto(`${demo.info.https_login}/history?group=audit`);
  await onScreen(page, 'F-1');
  const times = () => page.locator('tbody th').allInnerTexts();
  const first = await times();
  expect(first).toHaveLength(50);
  await page.getByRole('link', { name: '古い記録' }).click();
  await page.waitForURL(/older=/);
  await onScreen(page, 'F-1');
  expect((await times()).length).toBeGreaterThan(0);
  await axe(page);
  await page.getByRole('link', { name: '新しい記録' }).click();
  await page.waitForURL(/newer=/);
  await onScreen(page, 'F-1');
  expect(await times()).toEqual(first);
});

test('viewings, and an empty list', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  await page.goto(`${demo.info.https_login}/viewings`);
  await check(page, 'F-2');
  await page.goto(`${demo.info.https_login}/viewings?to=2000-01-01`);
  await expect(page.locator('main')).toContainText('条件に合う閲覧は見つかりませんでした');
  await axe(page);
});

test('the records as a file, with the conditions of the list', async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  await page.goto(`${demo.info.https_login}/history?group=sign_in`);
  await onScreen(page, 'F-1');
  await page.getByRole('link', { name: 'CSVファイルに書き出す' }).click();
  await check(page, 'F-3');
  await expect(page.locator('#group')).toHaveValue('sign_in');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSVファイルに書き出す' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^操作履歴_\d{8}\.csv$/);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.startsWith('\ufeff日時,')).toBe(true);
  expect(text).toContain('ログイン（ワンタイム認証コードの入力）');
  // The page stays as it is, and the button works again.
  const [again] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSVファイルに書き出す' }).click(),
  ]);
  expect(again.suggestedFilename()).toMatch(/\.csv$/);
  await page.goto(`${demo.info.https_login}/history?group=audit`);
  await expect(page.locator('tbody')).toContainText('履歴の書き出し');
});

test('staff see what they did themselves', async ({ page, demo }) => {
  test.slow();
  await signInAs(page, demo, demo.staffMember('NursingStaffB000'), 'C-21');
  await page.locator('main').getByRole('link', { name: '操作履歴' }).click();
  await onScreen(page, 'F-1');
  await expect(page.locator('main')).toContainText('ご自分が行った操作');
  for (const who of await page.locator('tbody [data-label="操作した人"]').allInnerTexts()) {
    expect(who).toContain('NursingStaffB000');
  }
  await expect(page.locator('#login_id')).toHaveCount(0);
});
