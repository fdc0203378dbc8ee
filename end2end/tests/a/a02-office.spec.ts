/** ユーザID and パスワード of a 事業所ユーザ. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { passThrough, sendPassword } from '../sign-in.js';

test.beforeEach(async ({ page, demo }) => {
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
});

test('empty fields are named', async ({ page, watch }) => {
  watch.allow(/422/);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expectErrors(page, 'ユーザIDを入力してください。', 'パスワードを入力してください。');
  await expect(page.locator('#login_id-error')).toContainText('ユーザIDを入力してください。');
  await expect(page.locator('#login_id')).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
});

test('an ID of another form is explained, and stays; the password does not', async ({ page, watch }) => {
  watch.allow(/422/);
  await sendPassword(page, 'NursingUserA000', 'demo-himawari-2025');
  await expectErrors(page, '「KJ」から始まる14文字');
  await expect(page.locator('#login_id')).toHaveValue('NursingUserA000');
  await expect(page.locator('#error-summary a')).toHaveAttribute('href', '#login_id');
});

test('an unknown ID and a wrong password are told apart by nothing', async ({ page, demo, watch }) => {
  watch.allow(/401/);
  const texts: string[] = [];
  for (const [id, password] of [
    ['KJ999999999999', demo.officeUser.password],
    [demo.officeUser.login_id, 'Wrong2025'],
  ] as const) {
    await page.goto(`${demo.info.https_login}/sign-in/office`);
    await onScreen(page, 'A-2');
    await sendPassword(page, id, password);
    await expectErrors(page, 'ユーザIDまたはパスワードが正しくないか');
    texts.push(await page.locator('main').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  await axe(page);
  // Forgets the failure, so that no other test inherits it.
  await passThrough(page, demo);
});

test('the third wrong password locks for 30 minutes, the right one included', async ({ openPage, demo, watch }) => {
  test.slow();
  watch.allow(/401/);
  const user = demo.otherUser;
  const page = await openPage(demo.certificateOf(user.office_number));
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  const since = new Date();
  for (const password of ['Wrong2025a', 'Wrong2025b', 'Wrong2025c', user.password]) {
    await onScreen(page, 'A-2');
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/start_office'));
    await sendPassword(page, user.login_id, password);
    await answered;
    await expectErrors(page, 'アカウントがロックされています');
  }
  const mails = async () => (await demo.arrived(user.contact)).filter((mail) => new Date(mail.time) >= since);
  await expect.poll(async () => (await mails()).length, { message: 'the lock is told by mail' }).toBe(1);
  expect((await mails())[0]?.subject).toContain('ロック');

  await demo.advanceClock(29 * 60);
  await sendPassword(page, user.login_id, user.password);
  await expectErrors(page, 'アカウントがロックされています');
  await demo.advanceClock(61);
  await passThrough(page, demo, user);
});

test('two tabs: the later sign-in counts, the earlier tab is led along', async ({ page, demo }) => {
  const other = await page.context().newPage();
  await other.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(other, 'A-2');
  await passThrough(page, demo);
  await passThrough(other, demo);
  // One browser, one session: the first tab works on with the second's.
  await page.reload();
  await onScreen(page, 'C-1');
});

test('the password can be shown', { tag: '@js' }, async ({ page }) => {
  await page.locator('#password').fill('Secret2025');
  await page.getByRole('button', { name: '入力した文字を表示する' }).click();
  await expect(page.locator('#password')).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: '入力した文字を非表示にする' }).click();
  await expect(page.locator('#password')).toHaveAttribute('type', 'password');
});
