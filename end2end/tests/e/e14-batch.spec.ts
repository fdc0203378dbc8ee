/** E-14: people of a list are checked together; the results are found again, given out as a file, and nobody else's. */

import { readFileSync } from 'node:fs';

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { endCharge, takeCharge } from '../people.js';
import { check } from '../screen.js';

async function send(page: Page, buffer: Buffer, name = 'getsuji.csv'): Promise<void> {
  await page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.locator('main').getByRole('button', { name: '照会する', exact: true }).click();
  await onScreen(page, 'E-14');
}

function csv(...rows: string[]): Buffer {
  return Buffer.from(`\uFEFF${['被保険者番号,保険者番号,生年月日', ...rows].join('\r\n')}\r\n`);
}

async function open(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.info.https_login}/people/batch`);
  await onScreen(page, 'E-14');
}

/** The row of a line of the file. */
function result(page: Page, line: number) {
  return page.locator('tbody tr').filter({ has: page.getByRole('rowheader', { name: String(line), exact: true }) });
}

test('a list is checked, survives a reload, and is given out as a file', async ({ page, demo }) => {
  test.slow();
  await signInAs(page, demo, demo.staffMember('NursingStaffB004'), 'C-21');
  const valid = await takeCharge(page, demo, demo.insured(6));
  const expired = await takeCharge(page, demo, demo.insured(5));
  await page.goto(`${demo.info.https_login}/people`);
  await page.locator('main').getByRole('link', { name: '一括で資格を確認する' }).click();
  await check(page, 'E-14');
  const numbers = [6, 5, 7].map((n) => demo.insured(n).insured_number);
  // As a spreadsheet saves it: without the zeros in front.
  await send(page, csv(`${numbers[0]?.replace(/^0+/, '')},,`, `${numbers[1]},,`, `${numbers[2]},,`, '123456789018,,', 'x,,'));
  await expect(page.getByRole('heading', { name: '行ごとの結果' })).toBeVisible({ timeout: 20_000 });
  await check(page, 'E-14');
  await expect(result(page, 2)).toContainText(demo.insured(6).name);
  await expect(result(page, 3)).toContainText('認定の期限切れ');
  await expect(result(page, 4)).toContainText('該当なし');
  await expect(result(page, 4)).not.toContainText(demo.insured(7).name);
  for (const line of [5, 6]) await expect(result(page, line)).toContainText('入力の誤り');
  await expect(page.locator('main')).not.toContainText('123456789018');
  await page.reload();
  await expect(page.locator('tbody tr')).toHaveCount(5);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '結果をCSVでダウンロードする' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^一括資格確認の結果_\d{8}\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFF行,被保険者番号,氏名,結果,要介護状態区分,認定の終了日,基準日');
  expect(lines).toHaveLength(7);
  await page.getByRole('link', { name: '確認が必要な行だけを表示する' }).click();
  await page.waitForURL(/show=attention/);
  await expect(result(page, 3)).toBeVisible();
  await open(page, demo);
  await expect(page.getByRole('table', { name: '最近の照会' })).toContainText('getsuji.csv');
  await axe(page);
  for (const person of [valid, expired]) await endCharge(page, person);
  await open(page, demo);
  await page.getByRole('table', { name: '最近の照会' }).getByRole('link').first().click();
  await expect(result(page, 2)).toContainText('該当なし');
  await expect(page.locator('main')).not.toContainText(demo.insured(6).name);
});

test('files that are no lists say why; the template is none by itself', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  await signInAs(page, demo, demo.staffMember('NursingStaffB004'), 'C-21');
  await open(page, demo);
  await page.locator('main').getByRole('button', { name: '照会する', exact: true }).click();
  await expectErrors(page, '照会するファイルを選択してください。');
  await expect(page.locator('#file')).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await send(page, Buffer.from('番号\r\n1\r\n'));
  await expectErrors(page, '「被保険者番号」の見出しがありません。');
  await open(page, demo);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'ひな形をダウンロードする' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('一括資格確認用ひな形.csv');
  await send(page, readFileSync(await download.path()));
  await expectErrors(page, '照会する行がありません。');
});
