/** G-1, G-2, G-3, G-5: a forgotten password, and one that is changed by choice. */

import { expect, expectErrors, onScreen, test } from '../helpers.js';
import { freshPassword, openMemberSignIn, signInAs } from '../member-sign-in.js';
import { check } from '../screen.js';
import { sendPassword, signOut } from '../sign-in.js';

test('the answer is the same for what does not belong together; a link arrives only where it does', async ({
  page,
  demo,
  watch,
}) => {
  watch.allow(/422/);
  const member = demo.staffMember('NursingStaffB002');
  await page.goto(`${demo.info.https_login}/password/forgotten`);
  await check(page, 'G-1');
  await page.getByRole('button', { name: '送信する', exact: true }).click();
  await expectErrors(page, 'ユーザIDを入力してください。', 'メールアドレスまたは携帯電話番号を入力してください。');
  const texts: string[] = [];
  const since = new Date();
  for (const contact of ['somebody@example.jp', member.contact]) {
    await page.goto(`${demo.info.https_login}/password/forgotten`);
    await onScreen(page, 'G-1');
    await page.locator('#login_id').fill(member.login_id);
    await page.locator('#contact').fill(contact);
    await page.getByRole('button', { name: '送信する', exact: true }).click();
    await onScreen(page, 'G-2');
    texts.push(await page.locator('main').innerText());
  }
  await check(page, 'G-2');
  expect(texts[0]).toBe(texts[1]);
  const mail = await demo.mailWith(member.contact, 'パスワード再発行のお知らせ', since);
  expect(await demo.arrived('somebody@example.jp')).toEqual([]);
  const link = /https:\S+/.exec(mail.text)?.[0] ?? '';

  await page.goto(link);
  await onScreen(page, 'G-3');
  const password = freshPassword();
  await page.locator('#new_password').fill(password);
  await page.locator('#password_again').fill(password);
  await page.getByRole('button', { name: 'パスワードを再設定' }).click();
  await onScreen(page, 'G-4');
  await page.getByRole('link', { name: 'ログイン画面に進む' }).click();
  await signInAs(page, demo, member, 'C-21', { password });

  await page.goto(`${demo.info.https_login}/account/password`);
  await check(page, 'G-5');
  const next = freshPassword();
  await page.locator('#current_password').fill('wrong');
  await page.locator('#new_password').fill(next);
  await page.locator('#password_again').fill(next);
  await page.getByRole('button', { name: 'パスワードを変更する' }).click();
  await expectErrors(page, '現在のパスワードが正しくありません');
  await page.locator('#current_password').fill(password);
  await page.locator('#new_password').fill(next);
  await page.locator('#password_again').fill(next);
  await page.getByRole('button', { name: 'パスワードを変更する' }).click();
  await onScreen(page, 'G-4');
  await page.getByRole('link', { name: 'メニューに進む' }).click();
  await onScreen(page, 'C-21');
  await signOut(page);

  watch.allow(/401/);
  await openMemberSignIn(page, demo);
  await sendPassword(page, member.login_id, password);
  await expectErrors(page, 'ユーザIDまたはパスワードが正しくないか');
  await sendPassword(page, member.login_id, next);
  await onScreen(page, 'B-11');
});
