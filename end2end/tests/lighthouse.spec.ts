/**
 * Lighthouse on every screen that an address leads to. Part of `make test-slow`: it measures speed, so nothing else should
 * run beside it. Left out are the Z screens, which Lighthouse takes for broken pages, as their status says.
 */

import { type Page } from '@playwright/test';

import { type Demo, onScreen, test } from './helpers.js';
import { Judge, atDemoDoor } from './lighthouse.js';
import { chooseWay, openMemberSignIn, signInAs } from './member-sign-in.js';
import { type Kind, WORDS, complete, newMember, passToCheck } from './members.js';
import { fillItems, giveConsent, submitItems } from './people.js';
import { sendCode, sendPassword, sendSecurityCode } from './sign-in.js';

/** Chooses the first office's certificate on the demo's page. */
async function chooseCertificate(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.info.https_login}/sign-in/member`);
  if (await page.locator('[data-screen]').count()) return;
  await page.getByRole('radio', { name: new RegExp(demo.officeUser.office_number) }).first().check();
  await page.getByRole('button', { name: 'OK' }).click();
  await onScreen(page, 'A-4');
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
  await accounts(judge, page, demo, 'staff', ['D-15', 'D-16', 'D-17', 'D-18', '', 'D-19']);
  await people(judge, page, demo);
}

/** A first sign-in up to G-3, and the menu of a 一般ユーザ. */
async function staff(judge: Judge, page: Page, demo: Demo): Promise<void> {
  const fresh = demo.staffMember('NursingStaffB003');
  await openMemberSignIn(page, demo);
  await sendPassword(page, fresh.login_id, fresh.password);
  await onScreen(page, 'B-11');
  await sendCode(page, await chooseWay(page, demo, 'mail', fresh.contact));
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
}

test.describe('lighthouse', { tag: '@js' }, () => {

  test('every screen', async ({ demo }) => {
    test.setTimeout(40 * 60_000);
    const door = atDemoDoor(demo.info, demo);
    const judge = await Judge.open();
    const page = judge.context.pages()[0] ?? (await judge.context.newPage());
    try {
      await chooseCertificate(page, door);
      await publicScreens(judge, door.info.https_login);
      await officeUser(judge, page, door);
      await judge.context.clearCookies();
      await chooseCertificate(page, door);
      await administrator(judge, page, door);
      await judge.context.clearCookies();
      await chooseCertificate(page, door);
      await staff(judge, page, door);
    } finally {
      judge.report();
      await judge.context.close();
    }
    judge.expectBars();
  });
});
