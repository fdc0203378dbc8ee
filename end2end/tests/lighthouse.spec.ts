/**
 * Lighthouse on every screen. Part of `make test-slow`: it measures speed, so nothing else should run beside it. Where no
 * address leads (M) or the status says that the page is broken (Z), it looks at the page as a person came to it.
 */

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type Page } from '@playwright/test';

import { asSent, pictures, registry } from './album.js';
import { type Demo, expect, onScreen, test } from './helpers.js';
import { Judge, atDemoDoor } from './lighthouse.js';
import { chooseWay, openMemberSignIn, passThroughCode, signInAs } from './member-sign-in.js';
import { type Kind, WORDS, complete, newMember, passToCheck } from './members.js';
import { fillItems, giveConsent, submitItems } from './people.js';
import { Stand } from './reader-stand.js';
import { PASSCODE, READERS, passcode, press } from './reader.js';
import { sendCode, sendPassword, sendSecurityCode } from './sign-in.js';

/** Chooses a certificate on the demo's page, in a browser that has none yet. */
async function chooseCertificate(
  page: Page,
  demo: Demo,
  { name = demo.officeUser.office_number, path = '/sign-in/member', screen = 'A-4' } = {},
): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${demo.info.https_login}${path}`);
  await page.getByRole('radio', { name: new RegExp(name) }).first().check();
  await page.getByRole('button', { name: 'OK' }).click();
  await onScreen(page, screen);
}

async function seeAll(judge: Judge, base: string, stops: readonly (readonly [string, string])[]): Promise<void> {
  for (const [number, path] of stops) await judge.see(number, `${base}${path}`);
}

async function publicScreens(judge: Judge, base: string): Promise<void> {
  await seeAll(judge, base, [
    ['A-1', '/'],
    ['A-5', '/help/certificate'],
    ['A-9', '/signed-out'],
    ['H-1', '/help/manual'],
    ['H-2', '/help/questions'],
    ['H-3', '/help/questions/mail-does-not-come'],
    ['H-4', '/help/contact'],
    ['I-1', '/news'],
    ['A-2', '/sign-in/office'],
    ['A-4', '/sign-in/member'],
    ['G-1', '/password/forgotten'],
    ['G-2', '/password/forgotten/sent'],
    ['G-4', '/password/done'],
  ]);
}

/** The sign-in of a 事業所ユーザ, each screen judged on the way, and what it opens. */
async function officeUser(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const { officeUser: user } = demo;
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'A-3');
  await judge.see('A-3', page.url());
  const since = new Date();
  await sendSecurityCode(page, user.security_code ?? '');
  await onScreen(page, 'B-2');
  await judge.see('B-2', page.url());
  await sendCode(page, await demo.lastCode(user.contact, since));
  await onScreen(page, 'C-1');
  await seeAll(judge, demo.info.https_login, [
    ['C-1', '/office'],
    ['F-1', '/history'],
    ['F-2', '/viewings'],
    ['F-3', '/history/export'],
    ['P-1', '/account'],
    ['D-21', '/administrators/import'],
  ]);
  await accounts(judge, page, demo, 'administrators', ['D-5', 'D-6', 'D-7', 'D-8', 'D-9', 'D-10']);
}

/** List, registration, detail and acts of one kind of account; `numbers`: detail, deletion, deleted, edit, kind, act. */
async function accounts(judge: Judge, page: Page, demo: Demo, kind: Kind, numbers: string[]): Promise<void> {
  const base = `${demo.info.https_login}/${kind}`;
  const words = WORDS[kind];
  await judge.see(words.list, base);
  await passToCheck(page, demo, newMember(), kind);
  await judge.see(words.check, page.url());
  await judge.see(words.new, page.url().replace('/check', ''));
  await complete(page, kind);
  await judge.see(words.done, page.url());
  const own = `${base}/${new URL(page.url()).searchParams.get('id')}`;
  const [detail = '', deletion = '', deleted = '', edit = '', change = '', act = ''] = numbers;
  await seeAll(judge, own, [
    [detail, ''],
    [deletion, '/delete'],
    ...(change ? ([[change, '/kind']] as const) : []),
    [act, '/lock'],
  ]);
  await page.goto(`${own}/edit`);
  await onScreen(page, edit);
  await judge.see(edit, page.url());
  await page.goto(`${own}/delete`);
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, deleted);
  await judge.see(deleted, page.url());
}

/** The sign-in of a 管理者, and what it opens. */
async function administrator(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const member = demo.administrator('NursingUserA000');
  await openMemberSignIn(page, demo);
  await sendPassword(page, member.login_id, member.password);
  await onScreen(page, 'B-11');
  await judge.see('B-11', page.url());
  const code = await chooseWay(page, demo, 'mail', member.contact);
  await judge.see('B-12', page.url());
  await sendCode(page, code);
  await onScreen(page, 'C-11');
  await seeAll(judge, demo.info.https_login, [
    ['C-11', '/administrator'],
    ['G-5', '/account/password'],
    ['J-1', '/terminals'],
    ['J-2', '/terminals/new'],
  ]);
  await terminals(judge, page, demo);
  await accounts(judge, page, demo, 'staff', ['D-15', 'D-16', 'D-17', 'D-18', '', 'D-19']);
  await people(judge, page, demo);
}

/** A first sign-in up to G-3, and the menu of a 一般ユーザ. */
async function staff(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const fresh = demo.staffMember('NursingStaffB003');
  await passThroughCode(page, demo, { login_id: fresh.login_id, password: fresh.password, to: fresh.contact });
  await onScreen(page, 'G-3');
  await judge.see('G-3', page.url());
  await signInAs(page, demo, demo.staffMember('NursingStaffB004'), 'C-21');
  await judge.see('C-21', page.url());
}

/** 利用者: found, in charge, with consent. */
async function people(judge: Judge, page: Page, demo: Demo): Promise<void> {
  await seeAll(judge, demo.info.https_login, [
    ['E-1', '/people'],
    ['E-2', '/people/verify'],
    ['E-4', '/people/find'],
    ['E-14', '/people/batch'],
  ]);
  await page.goto(`${demo.info.https_login}/people/find`);
  await onScreen(page, 'E-4');
  await fillItems(page, demo.insured(3));
  await submitItems(page);
  await page.waitForURL(/\/people\/find\/.+/);
  await page.getByRole('button', { name: '担当として登録する' }).click();
  await onScreen(page, 'E-5');
  const person = page.url().replace(/\/consent$/, '');
  await giveConsent(page, ['review', 'life', 'care_plan']);
  await seeAll(judge, person, [
    ['E-5', '/consent'],
    ['E-6', ''],
    ['E-7', '/certification'],
    ['E-8', '/review'],
    ['E-9', '/benefits'],
    ['E-10', '/life'],
    ['E-11', '/care-plan'],
    ['E-12', '/print'],
    ['E-13', '/end'],
  ]);
  await demo.declareEmergency(60);
  try {
    await judge.see('E-15', `${person}/emergency`);
    await judge.see('F-4', `${demo.info.https_login}/emergency-uses`);
  } finally {
    await demo.endEmergencies();
  }
}

/** B-1, of whom no security code is asked. */
async function newOfficeUser(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const { newOfficeUser: user } = demo;
  await chooseCertificate(page, demo, { name: user.office_number, path: '/sign-in/office', screen: 'A-2' });
  await sendPassword(page, user.login_id, user.password);
  await onScreen(page, 'B-1');
  await judge.see('B-1', page.url());
}

/** A terminal that is registered, as 「失敗」 at first, and asked about. */
async function terminals(judge: Judge, page: Page, demo: Demo): Promise<void> {
  if (!judge.wants('J-3', 'J-4')) return;
  await page.goto(`${demo.info.https_login}/terminals/new?terminal=1DSM-HYG3-H5RC-93P0-FKBE`);
  await onScreen(page, 'J-2');
  await page.locator('#terminal_user').fill('DEMO9999999999');
  await page.locator('#terminal_password').fill('not-its-password');
  await page.locator('#terminal_name').fill('受付のパソコン');
  await page.getByRole('button', { name: '認証', exact: true }).click();
  await onScreen(page, 'J-1');
  await page.getByRole('link', { name: '受付のパソコン' }).click();
  await onScreen(page, 'J-3');
  const terminal = page.url();
  await judge.see('J-3', terminal);
  await judge.see('J-4', `${terminal}/delete`);
}

/** M-1 to M-13 at a stand of readers, each as it comes up. */
async function readers(judge: Judge, page: Page, demo: Demo): Promise<void> {
  if (!judge.wants(...registry().filter((number) => number.startsWith('M-')))) return;
  const stand = new Stand(new URL(demo.info.https_login).origin);
  await stand.startService();
  await stand.startBridge();
  try {
    await page.goto(`${demo.info.https_login}/reader`);
    await firstStart(judge, page);
    await readersMenu(judge, page);
    stand.lay(1);
    await press(page, '次へ');
    await expect(page.locator('#reader-key')).toBeVisible({ timeout: 60_000 }); // a new card makes its RSA key first
    await judge.look('M-11', page);
    await stand.stopBridge();
    await onScreen(page, 'M-12');
    await judge.look('M-12', page);
    await stand.startBridge();
    await onScreen(page, 'M-7');
    await judge.look('M-7', page);
  } finally {
    await stand.close();
  }
}

/** M-1 to M-6. */
async function firstStart(judge: Judge, page: Page): Promise<void> {
  await onScreen(page, 'M-1');
  await judge.look('M-1', page);
  await press(page, '同意して利用開始');
  await onScreen(page, 'M-2');
  await judge.look('M-2', page);
  await page.locator('#reader-user').fill('DEMO0000000001');
  await page.locator('#reader-password').fill('demo-terminal-2025');
  await press(page, '登録する');
  await onScreen(page, 'M-3');
  await judge.look('M-3', page);
  await press(page, 'OK');
  for (const screen of ['M-4', 'M-5']) {
    await onScreen(page, screen);
    await judge.look(screen, page);
    await passcode(page, screen, PASSCODE);
  }
  await onScreen(page, 'M-6');
  await judge.look('M-6', page);
  await press(page, 'OK');
  await onScreen(page, 'M-8');
}

/** M-8, M-9, M-10 and M-13, and back to M-8 with a reader chosen. */
async function readersMenu(judge: Judge, page: Page): Promise<void> {
  await judge.look('M-8', page);
  await press(page, '設定');
  await onScreen(page, 'M-9');
  await judge.look('M-9', page);
  await press(page, '端末固有IDの表示');
  await onScreen(page, 'M-13');
  await judge.look('M-13', page);
  await press(page, '認証選択に戻る');
  await onScreen(page, 'M-8');
  await press(page, 'カードリーダー選択');
  await onScreen(page, 'M-10');
  await judge.look('M-10', page);
  await page.getByRole('button', { name: READERS[1] }).click();
  await onScreen(page, 'M-8');
}

/** Opens an address that is refused, and looks at what says so. */
async function refused(judge: Judge, page: Page, screen: string, address: string): Promise<void> {
  await page.goto(address);
  await judge.look(screen, page);
}

/** Whoever is signed in meets what is not there, not theirs, closed or over. */
async function errors(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const base = demo.info.https_login;
  await refused(judge, page, 'Z-5', `${base}/no/such/page`);
  await refused(judge, page, 'Z-4', `${base}/administrators`);
  const file = path.join(path.dirname(process.env.DEMO_INFO ?? ''), 'maintenance');
  writeFileSync(file, '');
  try {
    await refused(judge, page, 'Z-6', base);
  } finally {
    rmSync(file);
  }
  await demo.advanceClock(31 * 60);
  await refused(judge, page, 'Z-3', `${base}/home`);
  await chooseCertificate(page, demo, { name: '失効', screen: 'Z-2' });
  await judge.look('Z-2', page);
  await approved(judge, page, demo);
}

/** Those that no way leads to in a healthy demo, or only a lock: as the server's tests approved them. */
async function approved(judge: Judge, page: Page, demo: Demo): Promise<void> {
  await page.context().clearCookies();
  await page.goto(demo.info.https_login);
  const css = (await page.locator('link[rel="stylesheet"]').getAttribute('href')) ?? '';
  const address = `${demo.info.https_login}/approved`;
  for (const picture of pictures().filter(({ name }) => ['z1', 'z7', 'z9'].includes(name))) {
    const body = asSent(picture).replace(/\/pkg\/app\.\d+\.css/, css).replace(/<link rel="(modulepreload|preload)"[^>]*>/g, '');
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await refused(judge, page, picture.number, address);
    await page.unroute(address);
  }
}

test.describe('lighthouse', { tag: '@js' }, () => {

  test('every screen', async ({ demo }) => {
    test.setTimeout(60 * 60_000);
    const door = atDemoDoor(demo.info, demo);
    const judge = await Judge.open();
    const page = judge.context.pages()[0] ?? (await judge.context.newPage());
    try {
      await chooseCertificate(page, door);
      await publicScreens(judge, door.info.https_login);
      await officeUser(judge, page, door);
      await newOfficeUser(judge, page, door);
      await chooseCertificate(page, door);
      await administrator(judge, page, door);
      await readers(judge, page, door);
      await chooseCertificate(page, door);
      await staff(judge, page, door);
      await errors(judge, page, door);
    } finally {
      judge.report();
      await judge.context.close();
    }
    judge.expectBars(registry());
  });
});
