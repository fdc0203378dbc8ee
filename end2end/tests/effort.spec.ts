/**
 * The tasks of the set-up manual, done as it says, with what they cost counted. Those at the card reader are counted in
 * `m/effort.spec.ts`.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Page } from '@playwright/test';

import { Effort, TABLE, sum, type Cost } from './effort.js';
import { type Demo, expect, onScreen, test } from './helpers.js';
import { convert } from './ime.js';
import { freshPassword, initialPasswordIn, receiveCode, signInAs } from './member-sign-in.js';
import { type Kind, WORDS, complete, fillMember, newMember, register, submitMember } from './members.js';
import { beSignedIn, passToCode, pasteCode } from './sign-in.js';

/** `5 / 4 / 4` */
function cells({ screens, inputs, clicks }: Cost): string {
  return `${screens} / ${inputs} / ${clicks}`;
}

/** Both columns, summed up. */
function totals(): { original: Cost; ours: Cost } {
  const add = (a: Cost, b: Cost) => ({
    screens: a.screens + b.screens,
    inputs: a.inputs + b.inputs,
    clicks: a.clicks + b.clicks,
  });
  const nothing = { screens: 0, inputs: 0, clicks: 0 };
  return TABLE.reduce(
    (so, { original, ours }) => ({ original: add(so.original, original), ours: add(so.ours, ours) }),
    { original: nothing, ours: nothing },
  );
}

test('no task costs more than in the original, and README.md says what each costs', { tag: '@no-js' }, () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  for (const { chapter, task, original, ours } of TABLE) {
    expect(sum(ours), `${chapter} ${task}`).toBeLessThanOrEqual(sum(original));
    expect(readme).toContain(`| ${chapter} ${task} | ${cells(original)} | ${cells(ours)} |`);
  }
  const { original, ours } = totals();
  const share = Math.round((100 * sum(ours)) / sum(original));
  expect(readme).toContain(`| all together | ${cells(original)} | ${cells(ours)} (${share}%) |`);
});

test('3-1: a 事業所ユーザ signs in', { tag: '@js' }, async ({ page, demo }) => {
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  const effort = await Effort.begin(page);
  await page.getByRole('link', { name: '事業所ユーザログイン', exact: true }).click();
  await onScreen(page, 'A-2');
  await pasteCode(page, await passToCode(page, demo));
  await onScreen(page, 'C-1');
  effort.expectRow('3-1');
});

/** Somebody with the same service: its group is unfolded for whoever comes next. Ends on the menu. */
async function registerColleague(page: Page, demo: Demo, kind: Kind, menu: string, screen: string): Promise<void> {
  await register(page, demo, newMember({ services: ['16'] }), kind);
  await page.goto(`${demo.info.https_login}${menu}`);
  await onScreen(page, screen);
}

/** From the menu to the last screen of a registration; answers the initial password. */
async function registerFromMenu(page: Page, demo: Demo, kind: Kind, link: string, login: { id: string }): Promise<string> {
  const member = newMember();
  login.id = member.login_id;
  await page.locator('main').getByRole('link', { name: link }).first().click();
  await onScreen(page, WORDS[kind].new);
  const { login_id, services, jobs, email } = { ...member, services: ['16'] };
  await fillMember(page, { login_id, services, jobs, email });
  // With an input method, as everybody types Japanese: the reading comes with the name.
  await convert(page, page.locator('#family_name'), member.family_kana, member.family_name);
  await convert(page, page.locator('#given_name'), member.given_kana, member.given_name);
  await submitMember(page);
  await onScreen(page, WORDS[kind].check);
  const since = new Date();
  await complete(page, kind);
  return initialPasswordIn((await demo.mailWith(member.email, 'アカウント発行のお知らせ', since)).text);
}

test('3-2 and 3-3: a 管理者 is registered and signs in for the first time', { tag: '@js' }, async ({ page, openPage, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  await registerColleague(page, demo, 'administrators', '/office', 'C-1');
  const registering = await Effort.begin(page);
  const login = { id: '' };
  const initial = await registerFromMenu(page, demo, 'administrators', '管理者ユーザ新規登録', login);
  registering.expectRow('3-2');

  const own = await openPage(demo.certificateOf(demo.officeUser.office_number));
  await own.goto(demo.info.https_public);
  await onScreen(own, 'A-1');
  const first = await Effort.begin(own);
  await own.getByRole('link', { name: '管理者または一般ユーザログイン' }).click();
  await onScreen(own, 'A-4');
  const to = `${login.id}@member.example.jp`;
  await pasteCode(own, await receiveCode(own, demo, { login_id: login.id, password: initial, to }));
  await onScreen(own, 'G-3');
  const password = freshPassword();
  await own.locator('#new_password').fill(password);
  await own.locator('#password_again').fill(password);
  await own.getByRole('button', { name: 'パスワードを再設定' }).click();
  await onScreen(own, 'G-4');
  first.expectRow('3-3 (1)');
});

/** From the menu to the list without the account. */
async function deleteFromMenu(page: Page, kind: Kind, list: string, login_id: string, screens: string[]): Promise<void> {
  const [ask = '', done = ''] = screens;
  await page.locator('main').getByRole('link', { name: list }).first().click();
  await onScreen(page, WORDS[kind].list);
  // Registered last, so first in the list.
  await page.getByRole('link', { name: `${login_id}を削除` }).click();
  await onScreen(page, ask);
  await expect(page.locator('main')).toContainText(login_id);
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await onScreen(page, done);
  await page.getByRole('link', { name: `${list}に戻る` }).click();
  await onScreen(page, WORDS[kind].list);
}

test('3-3 and 4-3: a 一般ユーザ is registered, and deleted', { tag: '@js' }, async ({ page, demo }) => {
  test.slow();
  await signInAs(page, demo, demo.administrator('NursingUserA000'), 'C-11');
  await registerColleague(page, demo, 'staff', '/administrator', 'C-11');
  const effort = await Effort.begin(page);
  const login = { id: '' };
  await registerFromMenu(page, demo, 'staff', '一般ユーザ新規登録', login);
  effort.expectRow('3-3 (2)');
  await page.goto(`${demo.info.https_login}/administrator`);
  await onScreen(page, 'C-11');
  await effort.again(page);
  await deleteFromMenu(page, 'staff', '一般ユーザ一覧', login.id, ['D-16', 'D-17']);
  effort.expectRow('4-3');
});

test('4-2: a 管理者 is deleted', { tag: '@js' }, async ({ page, demo }) => {
  test.slow();
  await beSignedIn(page, demo);
  const effort = await Effort.begin(page);
  const login = { id: '' };
  await registerFromMenu(page, demo, 'administrators', '管理者ユーザ新規登録', login);
  await page.goto(`${demo.info.https_login}/office`);
  await onScreen(page, 'C-1');
  await effort.again(page);
  await deleteFromMenu(page, 'administrators', '管理者ユーザ一覧', login.id, ['D-6', 'D-7']);
  effort.expectRow('4-2');
});

test('4-4: manual and questions are opened', { tag: '@js' }, async ({ page, demo }) => {
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  const effort = await Effort.begin(page);
  const main = page.locator('main');
  await main.getByRole('link', { name: '操作マニュアル' }).click();
  await onScreen(page, 'H-1');
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  await main.getByRole('link', { name: 'その他のよくあるご質問' }).click();
  await onScreen(page, 'H-2');
  effort.expectRow('4-4');
});

test('4-5: what an inquiry needs is copied at once', { tag: '@js' }, async ({ page, demo, watch }) => {
  watch.allow(/404/);
  await beSignedIn(page, demo);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const path = '/administrators/00000000-0000-7000-8000-000000000000';
  await page.goto(`${demo.info.https_login}${path}`);
  await onScreen(page, 'Z-5');
  const effort = await Effort.begin(page);
  await page.getByRole('button', { name: '問い合わせ用の情報をコピー' }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['Z-5', '2372101440', 'デモ介護センターひまわり', demo.officeUser.login_id, '事業所ユーザ', path]) {
    expect(text).toContain(part);
  }
  effort.expectRow('4-5');
});
