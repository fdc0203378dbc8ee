/**
 * The pictures of H-1, taken from the real screens. `PICTURES=1` writes them to `style/public/manual`; without it the same
 * screens are opened, so that a picture whose screen is gone fails the run.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type Page } from '@playwright/test';

import { type Demo, expect, onScreen } from '../helpers.js';
import { chooseWay, passThroughCode, passToWays, signInAs } from '../member-sign-in.js';
import { complete, fillMember, newMember, openNew, submitMember } from '../members.js';
import { enterKey, holder, openReader, passcode, press, PASSCODE, READERS, test, toEntry } from '../reader.js';
import { openSignIn, sendCode, sendPassword, sendSecurityCode, signIn } from '../sign-in.js';

/** As `app/src/screens/h_help/manual.rs` says. */
const SIZE = { width: 960, height: 600 };
const FOLDER = path.join(import.meta.dirname, '../../../style/public/manual');
const WRITE = process.env.PICTURES === '1';

/** A picture of what is on top of the page. */
async function picture(page: Page, name: string): Promise<void> {
  await page.setViewportSize(SIZE);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const file = path.join(FOLDER, `${name}.webp`);
  if (WRITE) {
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, Buffer.from(data, 'base64'));
    await session.detach();
  }
  expect(existsSync(file), `${file} is missing: run this spec with PICTURES=1`).toBe(true);
}

async function open(page: Page, demo: Demo, address: string, number: string, name: string): Promise<void> {
  await page.goto(`${demo.info.https_login}${address}`);
  await onScreen(page, number);
  await picture(page, name);
}

test('before and during the sign-in of a 事業所ユーザ', { tag: '@js' }, async ({ page, demo }) => {
  const { officeUser: user } = demo;
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  await picture(page, 'a01');
  await openSignIn(page, demo);
  await picture(page, 'a02');
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'A-3');
  await picture(page, 'a03');
  const since = new Date();
  await sendSecurityCode(page, user.security_code ?? '');
  await onScreen(page, 'B-2');
  await picture(page, 'b02');
  await sendCode(page, await demo.lastCode(user.contact, since));
  await onScreen(page, 'C-1');
  await picture(page, 'c01');
  await page.locator('#menu-button').click();
  await picture(page, 'menu');
});

test('accounts and history', { tag: '@js' }, async ({ page, demo }) => {
  test.slow();
  await signIn(page, demo);
  await open(page, demo, '/administrators', 'D-1', 'd01');
  const member = newMember({ family_name: '山口', given_name: '葵', family_kana: 'やまぐち', given_kana: 'あおい' });
  await openNew(page, demo);
  await picture(page, 'd02');
  await fillMember(page, member);
  await submitMember(page);
  await onScreen(page, 'D-3');
  await picture(page, 'd03');
  await complete(page);
  await onScreen(page, 'D-4');
  await picture(page, 'd04');
  const id = new URL(page.url()).searchParams.get('id');
  await open(page, demo, `/administrators/${id}`, 'D-5', 'd05');
  await open(page, demo, `/administrators/${id}/delete`, 'D-6', 'd06');
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, 'D-7');
  await open(page, demo, '/history', 'F-1', 'f01');
  await open(page, demo, '/history/export', 'F-3', 'f03');
  await open(page, demo, '/help/questions', 'H-2', 'h02');
});

test('a member signs in, and sets a password', { tag: '@js' }, async ({ page, demo }) => {
  test.slow();
  const member = demo.administrator('NursingUserA000');
  await open(page, demo, '/password/forgotten', 'G-1', 'g01');
  await open(page, demo, '/sign-in/member', 'A-4', 'a04');
  await passToWays(page, demo, member.login_id, member.password);
  await picture(page, 'b11');
  await chooseWay(page, demo, 'mail', member.contact);
  await picture(page, 'b12');
  await page.context().clearCookies();
  await signInAs(page, demo, member, 'C-11');
  await picture(page, 'c11');
  await open(page, demo, '/account/password', 'G-5', 'g05');
});

test('the first sign-in asks for a password of one’s own', { tag: '@js' }, async ({ page, demo }) => {
  test.slow();
  await signIn(page, demo);
  const member = newMember();
  await openNew(page, demo);
  await fillMember(page, member);
  await submitMember(page);
  await onScreen(page, 'D-3');
  const since = new Date();
  await complete(page);
  await onScreen(page, 'D-4');
  const notice = await demo.mailWith(member.email, 'アカウント発行のお知らせ', since);
  const password = /^\S{4}-\S{4}-\S{4}-\S{4}$/m.exec(notice.text)?.[0] ?? '';
  await page.context().clearCookies();
  await passThroughCode(page, demo, { login_id: member.login_id, password, to: member.email });
  await onScreen(page, 'G-3');
  await picture(page, 'g03');
});

test('the reader of cards, from its first start to a comparison', { tag: '@js' }, async ({ page, demo, stand }) => {
  test.slow();
  const { number_b } = holder(1);
  await openReader(page, demo, 'NursingUserA002');
  await onScreen(page, 'M-1');
  await picture(page, 'm01');
  await press(page, '同意して利用開始');
  await onScreen(page, 'M-2');
  await page.locator('#reader-user').fill('DEMO0000000002');
  await page.locator('#reader-password').fill('demo-terminal-2025');
  await press(page, '登録する');
  await press(page, 'OK');
  await passcode(page, 'M-4', PASSCODE);
  await passcode(page, 'M-5', PASSCODE);
  await press(page, 'OK');
  await onScreen(page, 'M-8');
  await press(page, '設定');
  await press(page, '端末固有IDの表示');
  await onScreen(page, 'M-13');
  await picture(page, 'm13');
  const id = (await page.locator('[data-terminal-id]').textContent()) ?? '';
  await press(page, '認証選択に戻る');
  await press(page, '設定');
  await press(page, 'カードリーダー選択');
  await onScreen(page, 'M-10');
  await picture(page, 'm10');
  await page.getByRole('button', { name: READERS[1] }).click();
  await onScreen(page, 'M-8');
  await picture(page, 'm08');

  const form = await page.context().newPage();
  await open(form, demo, `/terminals/new?terminal=${id}`, 'J-2', 'j02');
  await form.locator('#terminal_user').fill('DEMO0000000002');
  await form.locator('#terminal_password').fill('demo-terminal-2025');
  await form.getByRole('button', { name: '認証', exact: true }).click();
  await onScreen(form, 'J-1');
  await picture(form, 'j01');
  await form.close();

  await press(page, '次へ');
  await onScreen(page, 'M-11');
  await picture(page, 'm11');
  stand.lay(1);
  await expect(page.locator('#reader-key')).toBeVisible({ timeout: 20_000 });
  await press(page, '読み取りを中止する');
  await toEntry(page, 'face');
  await enterKey(page, number_b);
  await expect.poll(() => page.locator('#reader-photo').evaluate((it: HTMLCanvasElement) => it.width)).toBe(240);
  await picture(page, 'm11-compare');
});
