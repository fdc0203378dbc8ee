/** A-1 and what can be read before signing in: A-5, H-1, H-2, H-4. */

import { expect, onScreen, test } from '../helpers.js';

test('A-1 leads to help without a client certificate', async ({ openPage, demo }) => {
  const page = await openPage(null);
  const ways: [string, string][] = [
    ['操作マニュアル', 'H-1'],
    ['その他のよくあるご質問', 'H-2'],
    ['クライアント証明書のご案内', 'A-5'],
  ];
  for (const [name, screen] of ways) {
    await page.goto(demo.info.https_public);
    await onScreen(page, 'A-1');
    await page.locator('main').getByRole('link', { name }).click();
    await onScreen(page, screen);
  }
  await page.locator('footer').getByRole('link', { name: 'お問い合わせ' }).click();
  await onScreen(page, 'H-4');
});

test('the sign-in buttons lead to the listener that asks for a certificate', async ({ page, demo }) => {
  for (const [name, path, screen] of [
    ['事業所ユーザログイン', '/sign-in/office', 'A-2'],
    ['管理者または一般ユーザログイン', '/sign-in/member', 'A-4'],
  ] as const) {
    await page.goto(demo.info.https_public);
    await onScreen(page, 'A-1');
    const button = page.getByRole('link', { name, exact: true });
    await expect(button).toHaveAttribute('href', `${demo.info.https_login}${path}`);
    await button.click();
    await onScreen(page, screen);
  }
});
