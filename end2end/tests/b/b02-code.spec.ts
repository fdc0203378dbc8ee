/** B-2: ワンタイム認証コード. */

import { type Page } from '@playwright/test';

import { axe, expect, expectErrors, onScreen, scriptsAreOn, test } from '../helpers.js';
import { check } from '../screen.js';
import { otherThan, passToCode, pasteCode, sendCode, sendPassword, sendSecurityCode } from '../sign-in.js';

let code: string;
let since: Date;

test.beforeEach(async ({ page, demo }) => {
  since = new Date();
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  code = await passToCode(page, demo);
});

/** Waits for the server's answer to what `act` does. */
async function answered(page: Page, endpoint: string, act: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().endsWith(`/api/${endpoint}`));
  await act();
  await answer;
}

async function resend(page: Page): Promise<void> {
  await answered(page, 'resend_code', () => page.getByRole('button', { name: 'ワンタイム認証コードを再送する' }).click());
}

test('the mail says what it is for; a reload never sends another', async ({ page, demo }) => {
  const mails = () => demo.codeMails(demo.officeUser.contact, since);
  const [mail] = await mails();
  expect(mail?.text).toContain('[ワンタイムパスワード]');
  expect(mail?.text).toContain('30分');
  await expect(page.locator('main')).toContainText('hi***@office.example.jp');
  await expect(page.locator('main')).not.toContainText('再送しました');
  await check(page, 'B-2');
  await page.reload();
  await onScreen(page, 'B-2');
  await page.reload();
  await onScreen(page, 'B-2');
  await sendCode(page, code);
  await onScreen(page, 'C-1');
  expect(await mails()).toHaveLength(1);
});

test('a code may come with spaces and full-width digits', async ({ page }) => {
  const wide = [...code].map((digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join('');
  await sendCode(page, ` ${wide.slice(0, 3)} ${wide.slice(3)}`);
  await onScreen(page, 'C-1');
});

/** Nothing announces that nothing happens: time has to pass, more than sending takes. */
async function nothingIsSent(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await onScreen(page, 'B-2');
}

test('a pasted code sends itself, as is said beforehand; a wrong one waits for the button', { tag: '@js' }, async ({
  page,
  watch,
}) => {
  watch.allow(/422/);
  const field = page.locator('#one_time_code');
  await expect(field).toHaveAccessibleDescription(/貼り付けると自動で送信します/);
  await pasteCode(page, otherThan(code));
  await expectErrors(page, 'あと4回入力できます');
  await expect(field).not.toHaveAccessibleDescription(/自動で送信/);
  await pasteCode(page, code);
  await expect(field).toHaveValue(code);
  await nothingIsSent(page);
  await page.getByRole('button', { name: '認証を完了してトップ画面へ進む' }).click();
  await onScreen(page, 'C-1');
});

test('the clipboard sends a code at once, digits that are typed do not', { tag: '@js' }, async ({ page }) => {
  const field = page.locator('#one_time_code');
  await field.pressSequentially(code);
  await nothingIsSent(page);
  await expect(field).toHaveValue(code);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}\n`);
  await field.clear();
  await field.press('ControlOrMeta+v');
  await onScreen(page, 'C-1');
});

test('wrong codes are counted; the fifth leads back to A-2', async ({ page, watch }) => {
  watch.allow(/422|401/);
  await page.getByRole('button', { name: '認証を完了してトップ画面へ進む' }).click();
  await expectErrors(page, 'ワンタイム認証コード');
  for (const left of [4, 3, 2, 1]) {
    await sendCode(page, otherThan(code, left));
    await expectErrors(page, `あと${left}回入力できます`);
  }
  await axe(page);
  await sendCode(page, otherThan(code, 5));
  await onScreen(page, 'A-2');
  await expectErrors(page, 'ログインの手続きが終了しました');
  await axe(page);
  await page.goBack();
  await expect(page.locator('[data-screen="B-2"], [data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  if (await page.locator('#one_time_code').count()) {
    await sendCode(page, code);
    await onScreen(page, 'A-2');
  }
});

test('an expired code is refused, a new one works', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  await demo.advanceClock(30 * 60 + 1);
  await sendCode(page, code);
  await expectErrors(page, '有効時間を過ぎています');
  const again = new Date();
  await resend(page);
  await sendCode(page, await demo.lastCode(demo.officeUser.contact, again));
  await onScreen(page, 'C-1');
});

test('a code works once: the second tab does not get in with it', async ({ page, demo, watch }) => {
  watch.allow(/401/);
  const other = await page.context().newPage();
  await other.goto(`${demo.info.https_login}/sign-in/office/code`);
  await onScreen(other, 'B-2');
  await sendCode(page, code);
  await onScreen(page, 'C-1');
  await sendCode(other, code);
  await onScreen(other, 'A-2');
  await expectErrors(other, 'ログインの手続きが終了しました');
});

test('a code of one sign-in is no use in another', async ({ page, demo, openPage, watch }) => {
  watch.allow(/422/);
  const other = await openPage(demo.certificateOf(demo.officeUser.office_number));
  await other.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(other, 'A-2');
  await sendPassword(other, demo.officeUser.login_id, demo.officeUser.password);
  await onScreen(other, 'A-3');
  await sendSecurityCode(other, demo.officeUser.security_code ?? '');
  await onScreen(other, 'B-2');
  await sendCode(other, code);
  await expectErrors(other, 'あと4回入力できます');
  await sendCode(page, code);
  await onScreen(page, 'C-1');
});

test('resending waits a minute, is announced, keeps earlier codes, and ends at five', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/429/);
  const count = async () =>
    (await demo.arrived(demo.officeUser.contact)).filter((mail) => new Date(mail.time) >= since).length;
  await resend(page);
  await expectErrors(page, /あと\d+秒たつと再送できます/);
  if (scriptsAreOn()) await expect(page.locator('main')).toContainText(/あと\d+秒で再送できます/);
  for (const sent of [2, 3, 4, 5]) {
    await demo.advanceClock(60);
    await resend(page);
    await expect.poll(count, { message: `codes sent, ${sent} expected` }).toBe(sent);
    await onScreen(page, 'B-2');
    await expect(page.locator('main')).toContainText('ワンタイム認証コードを再送しました。');
  }
  await expect(page.locator('main')).toContainText('再送できる回数を超えました');
  await expect(page.getByRole('button', { name: 'ワンタイム認証コードを再送する' })).toHaveCount(0);
  await axe(page);
  await sendCode(page, code);
  await onScreen(page, 'C-1');
});
