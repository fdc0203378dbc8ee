/** D-1: search, filters, order, pages; all of it in the address. */

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, onScreen, test } from '../helpers.js';
import { search } from '../members.js';
import { beSignedIn, signIn } from '../sign-in.js';

test.beforeEach(async ({ page, demo }) => {
  await beSignedIn(page, demo);
  await open(page, demo);
});

async function open(page: Page, demo: Demo, query = ''): Promise<void> {
  await page.goto(`${demo.info.https_login}/administrators${query}`);
  await onScreen(page, 'D-1');
}

/** Each row's text in one column. */
function column(page: Page, label: string): Promise<string[]> {
  return page.locator(`tbody [data-label="${label}"]`).allInnerTexts();
}

function chip(page: Page, name: string) {
  return page.getByRole('list', { name: '絞り込み条件' }).getByRole('listitem').filter({ hasText: name });
}

test('ID, kanji and kana are found, spaces and kinds of kana apart', async ({ page, demo }) => {
  for (const [words, id] of [
    ['nursingusera004', 'NursingUserA004'],
    ['小林陽一', 'NursingUserA004'],
    ['小林 陽', 'NursingUserA004'],
    ['コバヤシ', 'NursingUserA004'],
    ['ｺﾊﾞﾔｼ ﾖｳ', 'NursingUserA004'],
    ['𠮷田', 'NursingUserA008'],
  ] as const) {
    await search(page, demo, words);
    expect(await column(page, 'ユーザID'), words).toEqual([id]);
    await expect(page.locator('#q')).toHaveValue(words);
  }
});

test('what stands for anything elsewhere stands for itself here', async ({ page, demo }) => {
  for (const words of ['%', '_', '\\', 'Nursing%', "' OR 1=1 --"]) {
    await search(page, demo, words);
    await expect(page.locator('main'), words).toContainText('条件に合うユーザは見つかりませんでした');
  }
  await axe(page);
});

test('another office is never in it', async ({ page, demo }) => {
  await search(page, demo, 'AozoraNursing');
  await expect(page.locator('main')).toContainText('条件に合うユーザは見つかりませんでした');
});

test('service, job and days narrow the list; each chip takes its own filter back', async ({ page, demo }) => {
  await page.locator('#service').selectOption('16');
  await page.locator('#job').selectOption('therapist');
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/service=16/);
  await onScreen(page, 'D-1');
  expect(await column(page, 'ユーザID')).toEqual(['NursingUserA006']);
  await chip(page, '職種区分：機能訓練指導員').getByRole('link').click();
  await page.waitForURL((url) => !url.searchParams.get('job'));
  await onScreen(page, 'D-1');
  await expect(chip(page, 'サービス種類：通所リハビリテーション')).toBeVisible();
  for (const services of await column(page, 'サービス種類')) expect(services).toContain('通所リハビリテーション');

  const [, day] = await bounds(page, demo);
  await open(page, demo, `?from=${day}`);
  for (const found of await column(page, '登録日')) expect(found.replaceAll('/', '-') >= day).toBe(true);
  await expect(chip(page, '以降')).toBeVisible();
  await open(page, demo, `?to=${day}`);
  for (const found of await column(page, '登録日')) expect(found.replaceAll('/', '-') <= day).toBe(true);
  await open(page, demo, `?from=${day}&to=2000-01-01`);
  await expect(page.locator('main')).toContainText('条件に合うユーザは見つかりませんでした');
});

/** The day of registration of two of the demo's people. */
async function bounds(page: Page, demo: Demo): Promise<[string, string]> {
  const days: string[] = [];
  for (const id of ['NursingUserA022', 'NursingUserA010']) {
    await search(page, demo, id);
    const [day = ''] = await column(page, '登録日');
    days.push(day.replaceAll('/', '-'));
  }
  return [days[0] ?? '', days[1] ?? ''];
}

test('every column but the ID sorts both ways', async ({ page, demo }) => {
  await expect(page.locator('th[aria-sort]')).toHaveText(/登録日/);
  await expect(page.locator('thead th').first().getByRole('link')).toHaveCount(0);
  const total = await page.locator('.pager__count').innerText();
  for (const [label, sort] of [
    ['ユーザ名', 'name'],
    ['サービス種類', 'services'],
    ['職種区分', 'jobs'],
    ['登録日', 'registered'],
  ] as const) {
    const head = () => page.locator('thead th').filter({ hasText: label });
    await open(page, demo);
    await head().getByRole('link').click();
    await page.waitForURL(new RegExp(`sort=${sort}&order=asc`));
    await onScreen(page, 'D-1');
    await expect(head()).toHaveAttribute('aria-sort', 'ascending');
    const [first] = await column(page, 'ユーザID');
    await head().getByRole('link').click();
    await page.waitForURL((url) => !url.search.includes('order=asc'));
    await onScreen(page, 'D-1');
    await expect(head()).toHaveAttribute('aria-sort', 'descending');
    const [last] = await column(page, 'ユーザID');
    expect(first, label).not.toBe(last);
    await expect(page.locator('.pager__count')).toHaveText(total);
  }
  await open(page, demo, '?sort=name&order=asc');
  const readings = await page.locator('[data-label="ユーザ名"] .table__second').allInnerTexts();
  expect(readings.length).toBeGreaterThan(1);
  expect(readings).toEqual([...readings].sort((a, b) => (a < b ? -1 : 1)));
});

test('pages show the total; the state survives reload and the back button', async ({ page, demo }) => {
  await open(page, demo, '?q=NursingUserA0&sort=name&order=asc');
  await expect(page.locator('.pager__count')).toHaveText('全 23 件中 1–20 件');
  const first = await column(page, 'ユーザID');
  await page.getByRole('link', { name: '2ページ目' }).click();
  await page.waitForURL(/page=2/);
  await onScreen(page, 'D-1');
  await expect(page.locator('.pager__count')).toHaveText('全 23 件中 21–23 件');
  const second = await column(page, 'ユーザID');
  expect(new Set([...first, ...second]).size).toBe(23);
  await page.reload();
  await onScreen(page, 'D-1');
  expect(await column(page, 'ユーザID')).toEqual(second);
  await page.locator('tbody').getByRole('link').first().click();
  await onScreen(page, 'D-5');
  await page.goBack();
  await onScreen(page, 'D-1');
  await expect(page).toHaveURL(/page=2/);
  expect(await column(page, 'ユーザID')).toEqual(second);
  await axe(page);
  await open(page, demo, '?q=NursingUserA0&page=99');
  await expect(page.locator('.pager__count')).toContainText('全 23 件中 21–23 件');
});

test('「表を初期状態に戻す」 forgets everything', async ({ page, demo }) => {
  await open(page, demo, '?q=NursingUser&service=16&job=therapist&sort=name&order=asc');
  await page.getByRole('link', { name: '表を初期状態に戻す' }).first().click();
  await page.waitForURL((url) => url.search === '');
  await onScreen(page, 'D-1');
  await expect(page.locator('#q')).toHaveValue('');
  await expect(page.locator('th[aria-sort]')).toHaveText(/登録日/);
});

test('an office that has registered nobody yet is told what to do', async ({ openPage, demo }) => {
  const user = demo.newOfficeUser;
  const page = await openPage(demo.certificateOf(user.office_number));
  await signIn(page, demo, user);
  await open(page, demo);
  await expect(page.locator('main')).toContainText('管理者ユーザは、まだ登録されていません');
  await axe(page);
  await page.getByRole('link', { name: '管理者ユーザを新規登録する' }).click();
  await onScreen(page, 'D-2');
});
