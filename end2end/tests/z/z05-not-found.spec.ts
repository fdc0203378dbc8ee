/** Z-5 and steps skipped by typing an address. */

import { axe, expect, onScreen, test } from '../helpers.js';
import { openSignIn, passThrough, passToCode, sendCode, sendPassword, sendSecurityCode } from '../sign-in.js';

test('an address that is none: Z-5, on both listeners', async ({ page, demo, watch }) => {
  watch.allow(/404/);
  for (const path of [
    `${demo.info.https_public}/no/such/page`,
    `${demo.info.https_login}/administrators/not-an-id`,
    `${demo.info.https_login}/problem`,
  ]) {
    const answer = await page.goto(path);
    await onScreen(page, 'Z-5');
    expect(answer?.status(), path).toBe(404);
  }
  await axe(page);
});

test('nothing behind the sign-in opens before it', async ({ page, demo, watch }) => {
  watch.allow(/401/);
  for (const path of ['/sign-in/office/security-code', '/sign-in/office/send-code', '/sign-in/office/code']) {
    await page.goto(`${demo.info.https_login}${path}`);
    await expect(page.locator('[data-screen="Z-3"], [data-screen="A-2"]'), path).toBeAttached();
  }
  for (const path of ['/office', '/administrators', '/administrators/new']) {
    await page.goto(`${demo.info.https_login}${path}`);
    await onScreen(page, 'A-2');
  }
});

test('after the password neither code screen nor menu opens', async ({ page, demo, watch }) => {
  watch.allow(/401/);
  const { officeUser: user } = demo;
  await openSignIn(page, demo);
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'A-3');
  for (const path of ['/sign-in/office/code', '/sign-in/office/send-code']) {
    await page.goto(`${demo.info.https_login}${path}`);
    await onScreen(page, 'A-3');
  }
  await page.goto(`${demo.info.https_login}/office`);
  await onScreen(page, 'A-2');
  const post = await page.request.post(`${demo.info.https_login}/api/send_code`, {
    headers: { origin: demo.info.https_login },
    form: { channel: 'mail' },
  });
  expect(post.status()).toBe(401);
  await page.goto(`${demo.info.https_login}/sign-in/office/security-code`);
  await onScreen(page, 'A-3');
  const since = new Date();
  await sendSecurityCode(page, user.security_code ?? '');
  await onScreen(page, 'B-2');
  // A step that is behind: the back button does not send the code again.
  await page.goto(`${demo.info.https_login}/sign-in/office/security-code`);
  await onScreen(page, 'B-2');
  await page.goto(`${demo.info.https_login}/office`);
  await onScreen(page, 'A-2');
  await page.goto(`${demo.info.https_login}/sign-in/office/code`);
  await sendCode(page, await demo.lastCode(user.contact, since));
  await onScreen(page, 'C-1');
});

test('signing in leads to the page that was asked for, and nowhere else', async ({ page, demo }) => {
  await page.goto(`${demo.info.https_login}/administrators?q=A004`);
  await onScreen(page, 'A-2');
  await passThrough(page, demo, undefined, 'D-1');
  await expect(page).toHaveURL(/q=A004/);
  await page.context().clearCookies();
  await page.goto(`${demo.info.https_login}/sign-in/office?return=https://evil.example/`);
  await onScreen(page, 'A-2');
  await sendCode(page, await passToCode(page, demo));
  await onScreen(page, 'C-1');
});
