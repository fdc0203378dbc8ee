/** H-2 and H-3: found by words and by category; the same before and after signing in; led to by errors. */

import { expect, onScreen, test } from '../helpers.js';
import { check } from '../screen.js';
import { beSignedIn, openSignIn, passToCode } from '../sign-in.js';

test('a question is found by words, in kana too, and has an address of its own', async ({ openPage, demo }) => {
  test.slow();
  const page = await openPage(null);
  await page.goto(`${demo.info.https_public}/help/questions`);
  await check(page, 'H-2');
  for (const words of ['メールが届かない', 'ﾒｰﾙ　とどかない']) {
    await page.locator('#q').fill(words);
    await page.getByRole('button', { name: '検索', exact: true }).click();
    await page.waitForURL(/q=/);
    await onScreen(page, 'H-2');
    await expect(page.locator('#q')).toHaveValue(words);
    await expect(page.locator('main')).toContainText('件の質問が見つかりました');
  }
  await page.locator('main').getByRole('link', { name: 'ワンタイム認証コードのメールが届きません' }).click();
  await check(page, 'H-3');
  await expect(page).toHaveURL(/\/help\/questions\/mail-does-not-come$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ワンタイム認証コードのメールが届きません');
  await page.locator('main').getByRole('link', { name: 'ワンタイム認証コードのSMSが届きません' }).click();
  await onScreen(page, 'H-3');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ワンタイム認証コードのSMSが届きません');
});

test('a category narrows the list; nothing found leads back to everything', async ({ openPage, demo }) => {
  const page = await openPage(null);
  await page.goto(`${demo.info.https_public}/help/questions?topic=certificate`);
  await onScreen(page, 'H-2');
  await expect(page.locator('main section h2')).toHaveCount(1);
  await page.goto(`${demo.info.https_public}/help/questions?q=%E5%AF%8C%E5%A3%AB%E5%B1%B1`);
  await expect(page.locator('main')).toContainText('条件に合う質問は見つかりませんでした');
  await page.locator('main').getByRole('link', { name: 'すべての質問を表示する' }).last().click();
  await page.waitForURL((url) => url.search === '');
  await onScreen(page, 'H-2');
  expect(await page.locator('main section').count()).toBeGreaterThan(5);
});

test('errors and B-2 lead to the answer and to H-4, which is filled in', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404/);
  await beSignedIn(page, demo);
  await page.goto(`${demo.info.https_login}/administrators/00000000-0000-4000-8000-000000000000`);
  await onScreen(page, 'Z-5');
  const id = await page.locator('.answers__row', { hasText: 'エラーID' }).locator('dd').innerText();
  await page.locator('main').getByRole('link', { name: '「ページが見つかりません」と表示されます' }).click();
  await onScreen(page, 'H-3');
  await page.goBack();
  await onScreen(page, 'Z-5');
  await page.locator('main').getByRole('link', { name: 'お問い合わせ', exact: true }).click();
  await check(page, 'H-4');
  for (const text of [demo.officeUser.office_number, demo.officeUser.login_id, '画面番号：Z-5', '操作していた画面：D-5']) {
    await expect(page.locator('main')).toContainText(text);
  }
  // The page may have been asked for again on the way back, with another ID: it must be one.
  expect(id).toMatch(/^[0-9A-F]{12}$/);
  await expect(page.locator('main')).toContainText(/エラーID：[0-9A-F]{12}/);
});

test('「届かないときは」 leads to the answer', async ({ page, demo }) => {
  await openSignIn(page, demo);
  await passToCode(page, demo);
  await page.getByText('届かないときは').click();
  await page.locator('main').getByRole('link', { name: 'よくあるご質問', exact: true }).click();
  await onScreen(page, 'H-3');
  await expect(page).toHaveURL(/mail-does-not-come/);
  await page.goBack();
  await onScreen(page, 'B-2');
});
