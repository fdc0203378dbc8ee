/** E-1 and what lies under it: every screen is looked at, the list is searched and filtered. */

import { axe, expect, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { endCharge, giveConsent, takeCharge } from '../people.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

test('every screen of a person', async ({ page, demo }) => {
  test.slow();
  await signInAs(page, demo, demo.administrator('NursingUserA011'), 'C-11');
  await page.goto(`${demo.info.https_login}/people`);
  await check(page, 'E-1');
  await page.getByRole('link', { name: '本人確認を行う' }).click();
  await check(page, 'E-2');
  await page.goto(`${demo.info.https_login}/people/find`);
  await check(page, 'E-4');
  const person = await takeCharge(page, demo, demo.insured(21));
  await check(page, 'E-5');
  await giveConsent(page, ['survey', 'opinion', 'review', 'renovation', 'life']);
  await axe(page);
  for (const [number, path] of [
    ['E-5', '/consent'],
    ['E-6', ''],
    ['E-7', '/certification'],
    ['E-8', '/review'],
    ['E-9', '/benefits'],
    ['E-10', '/life'],
    ['E-11', '/care-plan'],
    ['E-12', '/print'],
    ['E-13', '/end'],
  ] as const) {
    await page.goto(`${person}${path}`);
    await check(page, number);
  }
  await endCharge(page, person);
});

test('search, filters and order stand in the address', async ({ page, demo, watch }) => {
  await signInAs(page, demo, demo.staffMember('NursingStaffB004'), 'C-21');
  watch.allow(/404/);
  await page.locator('main').getByRole('link', { name: /利用者一覧/ }).click();
  await onScreen(page, 'E-1');
  const total = page.locator('.pager__count');
  const all = await total.innerText();
  await page.locator('#q').fill('ﾐﾎﾝ');
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/q=/);
  await onScreen(page, 'E-1');
  for (const name of await page.locator('tbody [data-label="氏名"]').allInnerTexts()) expect(name).toContain('みほん');
  await page.getByRole('link', { name: '表を初期状態に戻す' }).first().click();
  await page.waitForURL((url) => url.search === '');
  await page.locator('#show').selectOption('expired');
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/show=expired/);
  await onScreen(page, 'E-1');
  const badges = await page.locator('tbody [data-label="認定の終了日"] .badge').allInnerTexts();
  expect(badges.length).toBeGreaterThan(0);
  for (const badge of badges) expect(badge).toContain('期限切れ');
  expect(await total.innerText()).not.toBe(all);
  await page.locator('thead').getByRole('link', { name: /認定の終了日/ }).click();
  await page.waitForURL(/sort=until&order=asc/);
  await expect(page).toHaveURL(/show=expired/);
  await axe(page);
  const strange = await page.goto(`${demo.info.https_login}/people/00000000-0000-7000-8000-000000000000`);
  expect(strange?.status()).toBe(404);
  await onScreen(page, 'Z-5');
});

test('a 事業所ユーザ has no way to care information', async ({ page, demo, watch }) => {
  watch.allow(/403/);

  await beSignedIn(page, demo);
  const answer = await page.goto(`${demo.info.https_login}/people`);
  expect(answer?.status()).toBe(403);
  await onScreen(page, 'Z-4');
});
