/** The steps of a 管理者's or 一般ユーザ's sign-in, each up to the screen that follows. */

import { type Page, expect } from '@playwright/test';

import { type Demo, type Member } from './demo.js';
import { onScreen } from './helpers.js';
import { sendCode, sendPassword } from './sign-in.js';

/** How a code travels, as B-11 offers it. */
export type Way = 'mail' | 'sms';

/** */
export async function openMemberSignIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.info.https_login}/sign-in/member`);
  await onScreen(page, 'A-4');
}

/** From B-11 to B-12; answers the code that was sent to `to`. */
export async function chooseWay(page: Page, demo: Demo, way: Way, to: string): Promise<string> {
  const since = new Date();
  await page.locator(`input[name="channel"][value="${way}"]`).check();
  await page.getByRole('button', { name: '送信する', exact: true }).click();
  await onScreen(page, 'B-12');
  return demo.lastCode(to, since);
}

/** From A-4 to B-11, which only those with a choice see. */
export async function passToWays(page: Page, demo: Demo, login_id: string, password: string): Promise<void> {
  await openMemberSignIn(page, demo);
  await sendPassword(page, login_id, password);
  await onScreen(page, 'B-11');
}

/** Who signs in, and the way of the code. */
export interface Credentials {
  login_id: string;
  password: string;
  /** Where the code goes. */
  to: string;
  /** What is chosen on B-11, for those who have a choice. */
  way?: Way;
}

/** Sends A-4, up to B-12; with one contact only the code is sent at once, else on B-11. Answers the code. */
export async function receiveCode(page: Page, demo: Demo, credentials: Credentials): Promise<string> {
  const { login_id, password, to, way = 'mail' } = credentials;
  const since = new Date();
  await sendPassword(page, login_id, password);
  await expect(page.locator('[data-screen="B-11"], [data-screen="B-12"]')).toBeAttached();
  if (await page.locator('[data-screen="B-11"]').count()) {
    await onScreen(page, 'B-11');
    return chooseWay(page, demo, way, to);
  }
  await onScreen(page, 'B-12');
  return demo.lastCode(to, since);
}

/** From A-4 to B-12 and beyond; waits for nothing. */
export async function passThroughCode(page: Page, demo: Demo, credentials: Credentials): Promise<void> {
  await openMemberSignIn(page, demo);
  await sendCode(page, await receiveCode(page, demo, credentials));
}

/** From A-4 to the screen that follows the sign-in, which `screen` names. */
export async function signInAs(
  page: Page,
  demo: Demo,
  member: Member,
  screen: string,
  { password = member.password, way = 'mail' as Way } = {},
): Promise<void> {
  const to = way === 'sms' ? international(member.phone) : member.contact;
  await passThroughCode(page, demo, { login_id: member.login_id, password, to, way });
  await onScreen(page, screen);
}

/** A phone number as the gateway gets it. */
export function international(phone: string): string {
  expect(phone).toMatch(/^0\d{10}$/);
  return `+81${phone.slice(1)}`;
}

let count = 0;

/** A password that no rule refuses and that nobody had before. */
export function freshPassword(): string {
  return `雨上がりの坂道をゆく kuroneko ${Date.now().toString(36)} ${count++}`;
}

/** The initial password in a message. */
export function initialPasswordIn(text: string): string {
  const [password] = /[a-z2-9]{4}(-[a-z2-9]{4}){3}/.exec(text) ?? [];
  if (!password) throw new Error(`no initial password in ${text}`);
  return password;
}

/** From A-4 through G-3 and G-4 to the menu `screen`, with the code sent to `to`; answers the new password. */
export async function replaceInitial(
  page: Page,
  demo: Demo,
  login_id: string,
  initial: string,
  { way = 'mail' as Way, to = '', screen = 'C-21' },
): Promise<string> {
  await passThroughCode(page, demo, { login_id, password: initial, to, way });
  await onScreen(page, 'G-3');
  const password = freshPassword();
  await page.locator('#new_password').fill(password);
  await page.locator('#password_again').fill(password);
  await page.getByRole('button', { name: 'パスワードを再設定' }).click();
  await onScreen(page, 'G-4');
  await page.getByRole('link', { name: 'メニューに進む' }).click();
  await onScreen(page, screen);
  return password;
}
