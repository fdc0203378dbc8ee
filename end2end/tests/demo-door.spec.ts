/** The demo's plain-HTTP door: a page in place of the browser's choice of certificate. */

import { axe, expect, onScreen, test } from './helpers.js';
import { passThrough, signOut } from './sign-in.js';

test('a certificate is chosen on a page, and the rest is as on TLS', async ({ openPage, demo }) => {
  const page = await openPage(null);
  await page.goto(demo.info.http);
  await onScreen(page, 'A-1');
  await expect(page.getByText('デモ環境（すべて架空のデータです）')).toBeVisible();
  await page.getByRole('link', { name: '事業所ユーザログイン', exact: true }).click();
  await expect(page.getByRole('heading', { name: '証明書の選択（デモ）' })).toBeVisible();
  await page.getByRole('radio', { name: new RegExp(demo.officeUser.office_number) }).first().check();
  await page.getByRole('button', { name: 'OK' }).click();
  await onScreen(page, 'A-2');
  await axe(page);
  await passThrough(page, demo);
  await expect(page.getByText('デモ環境（すべて架空のデータです）')).toBeVisible();
  expect(new URL(page.url()).origin).toBe(demo.info.http);
  await signOut(page);
});

test('choosing none, or one that was revoked, ends at Z-2', async ({ openPage, demo, watch }) => {
  watch.allow(/403/);
  for (const name of [/証明書を選択しない/, /失効/]) {
    const page = await openPage(null);
    await page.goto(`${demo.info.http}/sign-in/office`);
    await page.getByRole('radio', { name }).first().check();
    await page.getByRole('button', { name: 'OK' }).click();
    await onScreen(page, 'Z-2');
  }
});
