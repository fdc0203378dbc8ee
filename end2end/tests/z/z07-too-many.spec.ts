/** Fifty wrong sign-ins from one address: it has to wait. Last of all, since every test has the same address. */

import { expect, expectErrors, onScreen, test } from '../helpers.js';
import { passThrough, sendPassword } from '../sign-in.js';

test('an address that guesses has to wait a quarter of an hour', { tag: '@no-js' }, async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/429/);
  const statuses: number[] = [];
  for (let i = 0; i < 60 && statuses.at(-1) !== 429; i++) {
    const response = await page.request.post(`${demo.info.https_login}/api/start_office`, {
      headers: { origin: demo.info.https_login },
      form: { login_id: `KJ8888${String(i).padStart(8, '0')}`, password: 'Guess2025' },
    });
    statuses.push(response.status());
  }
  expect(statuses.at(-1)).toBe(429);
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await sendPassword(page, demo.officeUser.login_id, demo.officeUser.password);
  await expectErrors(page, '操作の回数が多すぎます');
  await demo.advanceClock(15 * 60 + 1);
  await passThrough(page, demo);
});
