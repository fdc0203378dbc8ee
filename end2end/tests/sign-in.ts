/** The steps of a 事業所ユーザ's sign-in, each up to the screen that follows. */

import { type Cookie, type Page, expect } from '@playwright/test';

import { type Demo, type OfficeUser } from './demo.js';
import { onScreen } from './helpers.js';

/** From. */
export async function openSignIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  await page.getByRole('link', { name: '事業所ユーザログイン', exact: true }).click();
  await onScreen(page, 'A-2');
}

/** Sends A-2 with this ID and password; waits for nothing. */
export async function sendPassword(page: Page, login_id: string, password: string): Promise<void> {
  await page.locator('#login_id').fill(login_id);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
}

/** Sends A-3 with this code; waits for nothing. */
export async function sendSecurityCode(page: Page, code: string): Promise<void> {
  await page.locator('#security_code').fill(code);
  await page.getByRole('button', { name: 'ワンタイム認証画面に進む' }).click();
}

/** Sends B-2 or B-12 with this code, typed digit by digit; waits for nothing. */
export async function sendCode(page: Page, code: string): Promise<void> {
  const field = page.locator('#one_time_code');
  await field.clear();
  await field.pressSequentially(code);
  await page.getByRole('button', { name: '認証を完了してトップ画面へ進む' }).click();
}

/** Puts this code into B-2 or B-12 at once, as pasting does: with JavaScript that sends it. */
export async function pasteCode(page: Page, code: string): Promise<void> {
  await page.locator('#one_time_code').fill(code);
}

/** From A-2 to B-2; answers the code that was sent. */
export async function passToCode(page: Page, demo: Demo, user: OfficeUser = demo.officeUser): Promise<string> {
  const since = new Date();
  await sendPassword(page, user.login_id, user.password);
  if (user.security_code) {
    await onScreen(page, 'A-3');
    await sendSecurityCode(page, user.security_code);
  } else {
    await onScreen(page, 'B-1');
    await page.getByRole('button', { name: 'ワンタイム認証コードを送信する', exact: true }).click();
  }
  await onScreen(page, 'B-2');
  return demo.lastCode(user.contact, since);
}

/** From A-2 to the screen that follows the sign-in, which `screen` names. */
export async function passThrough(page: Page, demo: Demo, user?: OfficeUser, screen = 'C-1'): Promise<void> {
  await sendCode(page, await passToCode(page, demo, user));
  await onScreen(page, screen);
}

/** From A-1 to C-1; the page's context must hold the certificate of the user's office. */
export async function signIn(page: Page, demo: Demo, user?: OfficeUser): Promise<void> {
  await openSignIn(page, demo);
  await passThrough(page, demo, user);
}

/** 「ログアウト」 in the menu, up to A-9. */
export async function signOut(page: Page): Promise<void> {
  await page.locator('#menu-button').click();
  await page.getByRole('button', { name: 'ログアウト', exact: true }).click();
  await onScreen(page, 'A-9');
}

/** A code of six digits that is not `code`. */
export function otherThan(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0');
}

let kept: Cookie[] = [];

/**
 * C-1, with the session that an earlier test left open if it still is: for tests that are about something else than
 * signing in, which takes seconds. The page's context must hold the certificate of the demo's first office.
 */
export async function beSignedIn(page: Page, demo: Demo): Promise<void> {
  await page.context().addCookies(kept);
  await page.goto(`${demo.info.https_login}/office`);
  await expect(page.locator('[data-screen="C-1"], [data-screen="A-2"], [data-screen="Z-3"]')).toBeAttached();
  if (await page.locator('[data-screen="C-1"]').count()) return onScreen(page, 'C-1');
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  await passThrough(page, demo);
  kept = (await page.context().cookies()).filter(({ name }) => name.endsWith('session'));
}
