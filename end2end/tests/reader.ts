/** The way through M-1 … M-13, and `test` with a stand of readers. */

import { type Page } from '@playwright/test';

import { type Demo, expect, onScreen, test as base } from './helpers.js';
import { signInAs } from './member-sign-in.js';
import { READERS, Stand } from './reader-stand.js';

export { READERS, holder } from './reader-stand.js';

/** The passcode of every stand's reader-bridge. */
export const PASSCODE = '2580';

/** `stand`: a PC/SC service and reader-bridge, new for each test. */
export const test = base.extend<{ stand: Stand }>({
  stand: async ({ demo, watch }, use) => {
    // The browser says so whenever reader-bridge is not there.
    watch.allow(/WebSocket connection to 'ws:\/\/127\.0\.0\.1/);
    // A reading that the server refuses.
    watch.allow(/422/);
    const stand = new Stand(new URL(demo.info.https_login).origin);
    await stand.startService();
    await stand.startBridge();
    await use(stand);
    await stand.close();
  },
});

/** Presses a button of the reader's screens. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Signed in as a member of the first office, on the reader's page. */
export async function openReader(page: Page, demo: Demo, login_id: string): Promise<void> {
  const member = login_id.startsWith('NursingUser') ? demo.administrator(login_id) : demo.staffMember(login_id);
  await signInAs(page, demo, member, login_id.startsWith('NursingUser') ? 'C-11' : 'C-21');
  await page.goto(`${demo.info.https_login}/reader`);
}

/** Types a passcode on the screen that asks for one; the last digit goes on by itself. */
export async function passcode(page: Page, screen: string, digits: string): Promise<void> {
  await onScreen(page, screen);
  await page.locator('#reader-passcode').fill(digits);
}

/** From M-1 to M-8: a new terminal. */
export async function initialise(page: Page): Promise<void> {
  await onScreen(page, 'M-1');
  await press(page, '同意して利用開始');
  await onScreen(page, 'M-2');
  await page.locator('#reader-user').fill('DEMO0000000001');
  await page.locator('#reader-password').fill('demo-terminal-2025');
  await press(page, '登録する');
  await onScreen(page, 'M-3');
  await press(page, 'OK');
  await passcode(page, 'M-4', PASSCODE);
  await passcode(page, 'M-5', PASSCODE);
  await onScreen(page, 'M-6');
  await press(page, 'OK');
  await onScreen(page, 'M-8');
}

/** From M-1 to M-8, the second of the two readers chosen. */
export async function setUp(page: Page, reader: (typeof READERS)[number] = READERS[1]): Promise<void> {
  await initialise(page);
  await chooseReader(page, reader);
}

/** M-8 → M-10 → M-8. */
export async function chooseReader(page: Page, reader: string): Promise<void> {
  await press(page, 'カードリーダー選択');
  await onScreen(page, 'M-10');
  await page.getByRole('button', { name: reader }).click();
  await onScreen(page, 'M-8');
  await expect(page.getByText(reader)).toBeVisible();
}

/** M-13 shows the terminal's ID; answers it and goes back to M-8. */
export async function terminalId(page: Page): Promise<string> {
  await press(page, '設定');
  await press(page, '端末固有IDの表示');
  await onScreen(page, 'M-13');
  const shown = page.locator('[data-terminal-id]');
  await expect(shown).toHaveText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
  const id = (await shown.textContent()) ?? '';
  await press(page, '認証選択に戻る');
  await onScreen(page, 'M-8');
  return id;
}

/** From M-8 to the field on M-11, once a card lies there. */
export async function toEntry(page: Page, mode: 'pin' | 'face' = 'pin'): Promise<void> {
  await page.locator(`input[name="mode"][value="${mode}"]`).check();
  await press(page, '次へ');
  await onScreen(page, 'M-11');
  await expect(page.locator('#reader-key')).toBeVisible({ timeout: 60_000 }); // a new card makes its RSA key first
}

/** Types 暗証番号 or 照合番号B and starts reading. */
export async function enterKey(page: Page, digits: string): Promise<void> {
  await page.locator('#reader-key').fill(digits);
  await press(page, '読み取りを開始する');
}

/** M-12 with this message; 「もう一度試す」 where there is one. */
export async function expectTrouble(page: Page, title: string, remedy: string | RegExp): Promise<void> {
  await onScreen(page, 'M-12');
  await expect(page.locator('.reader .banner__title')).toContainText(title);
  await expect(page.locator('main ol')).toContainText(remedy);
}

/** A 管理者 at a terminal that the office has registered, on M-8. */
export async function atRegisteredTerminal(page: Page, demo: Demo): Promise<void> {
  await openReader(page, demo, 'NursingUserA002');
  await setUp(page);
  const id = await terminalId(page);
  const form = await page.context().newPage();
  await form.goto(`${demo.info.https_login}/terminals/new?terminal=${id}`);
  await onScreen(form, 'J-2');
  await form.locator('#terminal_user').fill('DEMO0000000002');
  await form.locator('#terminal_password').fill('demo-terminal-2025');
  await form.getByRole('button', { name: '認証', exact: true }).click();
  await onScreen(form, 'J-1');
  await expect(form.getByRole('row', { name: new RegExp(id) })).toContainText('成功');
  await form.close();
}

/** E-4 shows whose card it was. */
export async function found(page: Page): Promise<void> {
  await onScreen(page, 'E-4');
  await expect(page.locator('main')).toContainText(/見本|試験/);
}
