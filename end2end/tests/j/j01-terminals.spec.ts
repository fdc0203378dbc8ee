/** J-1 … J-4: the office's terminals, with and without JavaScript. */

import { type Page } from '@playwright/test';

import { type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

/** A valid 端末固有ID that no reader-bridge has. */
const ID = '1DSM-HYG3-H5RC-93P0-FKBE';

async function open(page: Page, demo: Demo): Promise<void> {
  await signInAs(page, demo, demo.administrator('NursingUserA003'), 'C-11');
  await page.getByRole('link', { name: /マイナ資格確認アプリ情報登録/ }).first().click();
  await onScreen(page, 'J-1');
}

/** Takes away what an earlier run left. */
async function revoke(page: Page): Promise<void> {
  const row = page.getByRole('row', { name: new RegExp(ID) });
  if ((await row.count()) === 0) return;
  await row.getByRole('link').click();
  await onScreen(page, 'J-3');
  await page.getByRole('link', { name: '登録を削除する' }).click();
  await check(page, 'J-4');
  await page.getByRole('button', { name: '登録を削除する' }).click();
  await onScreen(page, 'J-1');
  await expect(row).toHaveCount(0);
}

test('a terminal is entered, renamed, checked and deleted', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/422/);
  await open(page, demo);
  await revoke(page);
  await check(page, 'J-1');
  await page.getByRole('link', { name: '新規入力' }).click();
  await check(page, 'J-2');
  await page.locator('#terminal_user').fill('DEMO9999999999');
  await page.locator('#terminal_password').fill('not-its-password');
  await page.locator('#terminal_id').fill('1DSM-HYG3-H5RC-93P0-FKBF');
  await page.locator('#terminal_name').fill('受付のパソコン');
  await page.getByRole('button', { name: '認証', exact: true }).click();
  await expectErrors(page, '端末固有IDに入力の誤りがあります');
  await expect(page.locator('#terminal_user')).toHaveValue('DEMO9999999999');
  await expect(page.locator('#terminal_password')).toHaveValue('');
  await page.locator('#terminal_password').fill('not-its-password');
  await page.locator('#terminal_id').fill(ID.toLowerCase().replaceAll('-', ''));
  await page.getByRole('button', { name: '認証', exact: true }).click();
  await onScreen(page, 'J-1');
  const row = page.getByRole('row', { name: new RegExp(ID) });
  await expect(row).toContainText('失敗');
  await row.getByRole('link', { name: '受付のパソコン' }).click();
  await check(page, 'J-3');
  await page.locator('#terminal_name').fill('訪問用のパソコン');
  await page.getByRole('button', { name: '名称を変更する' }).click();
  await expect(page.getByText('訪問用のパソコン').first()).toBeVisible();
  await page.getByRole('button', { name: '接続を確認する' }).click();
  await onScreen(page, 'J-3');
  await expect(page.getByText('失敗')).toBeVisible();
  await page.getByRole('link', { name: '一覧に戻る' }).click();
  await revoke(page);
});

test('事業所ユーザ do not register terminals', async ({ page, demo, watch }) => {
  watch.allow(/403/);
  await beSignedIn(page, demo);
  await page.goto(`${demo.info.https_login}/terminals`);
  await onScreen(page, 'Z-4');
});
