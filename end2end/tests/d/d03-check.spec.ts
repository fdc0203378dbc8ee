/** D-3 and D-4: exactly one account and one notice, whatever is reloaded, repeated or gone back to. */

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, onScreen, test } from '../helpers.js';
import { complete, newMember, openNew, passToCheck, search } from '../members.js';
import { beSignedIn } from '../sign-in.js';

test.beforeEach(async ({ page, demo }) => beSignedIn(page, demo));

async function expectOne(page: Page, demo: Demo, login_id: string, email: string): Promise<void> {
  await search(page, demo, login_id);
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await expect.poll(async () => (await demo.arrived(email)).length).toBe(1);
}

test('reload of D-3 and D-4 and the back button register once', async ({ page, demo }) => {
  const member = newMember();
  await passToCheck(page, demo, member);
  const check = page.url();
  await page.reload();
  await onScreen(page, 'D-3');
  await expect(page.locator('main')).toContainText(member.login_id);
  await complete(page);
  await expect(page.locator('[aria-current="step"]')).toContainText('完了');
  await axe(page);
  await page.reload();
  await onScreen(page, 'D-4');
  await expect(page.locator('main')).toContainText(member.login_id);
  // Back: whatever is shown, nothing can be registered again.
  await page.goBack();
  await onScreen(page, 'D-4');
  await page.goto(check);
  await onScreen(page, 'D-4');
  await expectOne(page, demo, member.login_id, member.email);
});

test('completing twice, in two tabs, registers once', async ({ page, demo, watch }) => {
  watch.allow(/409|422|404/);
  const member = newMember();
  await passToCheck(page, demo, member);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await onScreen(other, 'D-3');
  await complete(page);
  await other.getByRole('button', { name: '管理者ユーザの登録を完了する' }).click();
  await expect(other.locator('[data-screen="D-4"], #error-summary')).toBeAttached();
  await expectOne(page, demo, member.login_id, member.email);
});

test('an ID that was taken meanwhile leads back to its field', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  const member = newMember();
  const other = await page.context().newPage();
  await passToCheck(page, demo, member);
  await passToCheck(other, demo, { ...member, family_name: '佐々木' });
  await complete(page);
  await other.getByRole('button', { name: '管理者ユーザの登録を完了する' }).click();
  await onScreen(other, 'D-2');
  await expect(other.locator('#login_id-error')).toContainText('すでに使われています');
  await expect(other.locator('#family_name')).toHaveValue('佐々木');
  await expectOne(page, demo, member.login_id, member.email);
});

test('「続けて登録する」 opens an empty form', async ({ page, demo }) => {
  const member = newMember();
  await passToCheck(page, demo, member);
  await complete(page);
  await page.getByRole('link', { name: '続けて登録する' }).click();
  await onScreen(page, 'D-2');
  await expect(page.locator('#login_id')).toHaveValue('');
  await openNew(page, demo);
  await expect(page.locator('#family_name')).toHaveValue('');
});
