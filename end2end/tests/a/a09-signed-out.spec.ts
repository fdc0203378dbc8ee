/** what is left of a session after ログアウト. */

import { axe, expect, onScreen, test } from '../helpers.js';
import { signIn, signOut } from '../sign-in.js';

test('after ログアウト neither back button nor address shows anything', async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto(`${demo.info.https_login}/administrators?q=NursingUserA000`);
  await onScreen(page, 'D-1');
  await expect(page.locator('main')).toContainText('NursingUserA000');
  await signOut(page);
  await axe(page);
  await page.goBack();
  await expect(page.locator('[data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  await expect(page.locator('body')).not.toContainText('NursingUserA000');
  await page.goto(`${demo.info.https_login}/administrators`);
  await expect(page.locator('[data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  await page.goto(`${demo.info.https_login}/signed-out`);
  await onScreen(page, 'A-9');
  await page.getByRole('link', { name: 'トップ画面に戻る' }).click();
  await onScreen(page, 'A-1');
});

test('a post from another origin changes nothing', async ({ page, demo }) => {
  await signIn(page, demo);
  const response = await page.request.post(`${demo.info.https_login}/api/sign_out`, {
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status()).toBe(403);
  await page.reload();
  await onScreen(page, 'C-1');
});
