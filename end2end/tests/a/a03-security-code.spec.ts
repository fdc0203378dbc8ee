/** セキュリティコード. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { check } from '../screen.js';
import { passThrough, sendPassword, sendSecurityCode } from '../sign-in.js';

test('a wrong code is refused; the third locks: Z-7, and half an hour later all is well', async ({
  openPage,
  demo,
  watch,
}) => {
  test.slow();
  watch.allow(/42[23]|401/);
  const user = demo.otherUser;
  const page = await openPage(demo.certificateOf(user.office_number));
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await sendPassword(page, user.login_id, user.password);
  await check(page, 'A-3');
  for (const code of ['wrong111', 'wrong222']) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/confirm_security_code'));
    await sendSecurityCode(page, code);
    await answered;
    await expectErrors(page, 'セキュリティコードが正しくありません。');
    await onScreen(page, 'A-3');
    await expect(page.locator('#security_code')).toBeEditable();
  }
  await axe(page);
  await sendSecurityCode(page, 'wrong333');
  await check(page, 'Z-7');
  await expect(page.locator('main')).toContainText('あと約30分');
  await expect(page.locator('main')).toContainText('A-3');

  await page.goto(`${demo.info.https_login}/sign-in/office/security-code`);
  await expect(page.locator('[data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  await demo.advanceClock(31 * 60);
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await passThrough(page, demo, user);
});

test('an empty code is named, a full-width one is taken', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  const user = demo.officeUser;
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'A-3');
  await page.getByRole('button', { name: 'ワンタイム認証画面に進む' }).click();
  await expectErrors(page, 'セキュリティコードを入力してください。');
  await sendSecurityCode(page, 'ｓａｋｕｒａ７７');
  await onScreen(page, 'B-2');
});
