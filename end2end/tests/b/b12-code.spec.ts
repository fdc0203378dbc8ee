/** B-11 and B-12: the way that a code takes, and the code. */

import { expect, expectErrors, onScreen, test } from '../helpers.js';
import { chooseWay, international, openMemberSignIn, passToWays, receiveCode } from '../member-sign-in.js';
import { check } from '../screen.js';
import { otherThan, sendCode, signOut } from '../sign-in.js';

test('a 一般ユーザ with both contacts chooses one, and another later', async ({ page, demo, watch }) => {
  watch.allow(/422|429/);
  const member = demo.staffMember('NursingStaffB000');
  await passToWays(page, demo, member.login_id, member.password);
  await check(page, 'B-11');
  await expect(page.locator('main')).toContainText('nu***@member.example.jp');
  await expect(page.locator('main')).not.toContainText(member.contact);
  await expect(page.locator('main')).not.toContainText(member.phone);
  const first = await chooseWay(page, demo, 'mail', member.contact);
  await check(page, 'B-12');
  await sendCode(page, otherThan(first));
  await expectErrors(page, 'あと4回入力できます');
  await page.getByRole('link', { name: 'ほかの方法で送信する' }).click();
  await onScreen(page, 'B-11');
  await page.locator('input[value="sms"]').check();
  await page.getByRole('button', { name: '送信する', exact: true }).click();
  await expectErrors(page, /あと\d+秒たつと再送できます/);
  await demo.advanceClock(60);
  const second = await chooseWay(page, demo, 'sms', international(member.phone));
  await expect(page.locator('main')).toContainText('SMSに記載の');
  await sendCode(page, second);
  await onScreen(page, 'C-21');
  await signOut(page);
});

test('whoever has a phone only gets the code with the right password, and once', async ({ page, demo }) => {
  const member = demo.staffMember('NursingStaffB001');
  const to = international(member.phone);
  const since = new Date();
  await openMemberSignIn(page, demo);
  const code = await receiveCode(page, demo, { login_id: member.login_id, password: member.password, to });
  await check(page, 'B-12');
  await expect(page.locator('main')).toContainText('070-****-');
  await expect(page.locator('main')).not.toContainText(member.phone);
  await expect(page.getByRole('link', { name: 'ほかの方法で送信する' })).toHaveCount(0);
  await page.reload();
  await onScreen(page, 'B-12');
  await page.goto(`${demo.info.https_login}/sign-in/member/send-code`);
  await onScreen(page, 'B-12');
  expect((await demo.arrived(to)).filter(({ time }) => new Date(time) >= since)).toHaveLength(1);
  await sendCode(page, code);
  await onScreen(page, 'C-21');
  await check(page, 'C-21');
});
