/** Chapters 3 and 4 of the set-up manual in one walk: the office, its administrator and its staff, each in a browser. */

import { type Page } from '@playwright/test';

import { type Demo, expect, onScreen, test } from './helpers.js';
import { initialPasswordIn, international, openMemberSignIn, passThroughCode, replaceInitial } from './member-sign-in.js';
import { newMember, register } from './members.js';
import { VirtualAuthenticator } from './passkeys.js';
import { beSignedIn, sendPassword, signOut } from './sign-in.js';

const HEAD = 'ユーザID,姓,名,せい,めい,サービス種類,職種区分,メールアドレス,携帯電話番号';

/** A phone number that nobody in the demo has. */
function phone(digit: number): string {
  return `080${digit}${String(Date.now()).slice(-7)}`;
}

/** The act at the end of `path`, through its confirmation. */
async function act(page: Page, path: string, button: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page).not.toHaveURL(path);
}

async function importThirty(page: Page, demo: Demo): Promise<void> {
  const start = `many${Date.now().toString(36)}x`;
  const rows = Array.from({ length: 30 }, (_, n) => `${start}${n},山田,花子,やまだ,はなこ,16,看護職,${start}${n}@member.example.jp,`);
  await page.goto(`${demo.info.https_login}/staff/import`);
  await onScreen(page, 'D-21');
  const buffer = Buffer.from(`\uFEFF${[HEAD, ...rows].join('\r\n')}\r\n`);
  await page.locator('#file').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '内容を確認する' }).click();
  await page.getByRole('button', { name: '30人を登録する' }).click();
  await expect(page.getByText('を30人登録しました')).toBeVisible({ timeout: 30_000 });
}

async function addPasskey(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.info.https_login}/account/passkeys/new`);
  await onScreen(page, 'P-1');
  await page.locator('#passkey_name').fill('訪問用のスマートフォン');
  await page.getByRole('button', { name: 'パスキーを追加する' }).click();
  await expect(page.locator('main')).toContainText('パスキーを追加しました');
}

async function signInByPasskey(page: Page, demo: Demo, screen: string): Promise<void> {
  await openMemberSignIn(page, demo);
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
  await onScreen(page, screen);
}

test('an office, its administrator and its staff', { tag: '@js' }, async ({ page, demo, openPage, watch }) => {
  test.setTimeout(300_000);
  watch.allow(/401|422/);
  const certificate = demo.certificateOf(demo.officeUser.office_number);
  const since = new Date();

  // The office registers an administrator, who signs in for the first time by mail, then by SMS.
  await beSignedIn(page, demo);
  const chief = newMember({ phone: phone(1) });
  const chiefAt = await register(page, demo, chief);
  const issued = await demo.mailWith(chief.email, 'アカウント発行のお知らせ', since);
  const admin = await openPage(certificate);
  const password = await replaceInitial(admin, demo, chief.login_id, initialPasswordIn(issued.text), {
    to: chief.email,
    screen: 'C-11',
  });
  await signOut(admin);
  const own = { login_id: chief.login_id, password };
  await passThroughCode(admin, demo, { ...own, to: international(chief.phone), way: 'sms' });
  await onScreen(admin, 'C-11');

  // The administrator registers staff: one with a phone only, thirty from a file.
  const carer = newMember({ email: '', phone: phone(2) });
  const carerAt = await register(admin, demo, carer, 'staff');
  await importThirty(admin, demo);
  const sms = international(carer.phone);
  await expect.poll(async () => (await demo.arrived(sms)).length).toBe(1);
  const [notice] = await demo.arrived(sms);

  // The carer signs in with the phone only, adds a passkey and signs in with it.
  const phoneOnly = await openPage(certificate);
  const authenticator = await VirtualAuthenticator.add(phoneOnly);
  await authenticator.offered(false);
  await replaceInitial(phoneOnly, demo, carer.login_id, initialPasswordIn(notice?.text ?? ''), { way: 'sms', to: sms });
  await addPasskey(phoneOnly, demo);
  await signOut(phoneOnly);
  await signInByPasskey(phoneOnly, demo, 'C-21');

  // The office changes rights, suspends, deletes and restores; each open session ends at its next request.
  await act(page, `${chiefAt}/kind`, '一般ユーザに変更する');
  await admin.reload();
  await onScreen(admin, 'Z-3');
  await passThroughCode(admin, demo, { ...own, to: chief.email });
  await onScreen(admin, 'C-21');

  await act(page, `${carerAt}/suspend`, '利用を停止する');
  await phoneOnly.reload();
  await onScreen(phoneOnly, 'Z-3');
  await act(page, `${carerAt}/resume`, '利用を再開する');
  await signInByPasskey(phoneOnly, demo, 'C-21');

  const chiefNow = chiefAt.replace('/administrators/', '/staff/');
  await act(page, `${chiefNow}/delete`, 'アカウントを削除する');
  await admin.reload();
  await onScreen(admin, 'Z-3');
  await openMemberSignIn(admin, demo);
  await sendPassword(admin, chief.login_id, password);
  await expect(admin.locator('#error-summary')).toBeAttached();
  const restoring = new Date();
  await act(page, `${chiefNow}/restore`, 'アカウントを復元する');
  const again = await demo.mailWith(chief.email, 'パスワード再発行のお知らせ', restoring);
  await replaceInitial(admin, demo, chief.login_id, initialPasswordIn(again.text), { to: chief.email });
});
