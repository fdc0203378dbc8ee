/** What holds on every screen, on those that are reached by an address; others are checked where they come up. */

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, onScreen, test } from './helpers.js';
import { complete, newMember, passToCheck, submitMember } from './members.js';
import { check } from './screen.js';
import { beSignedIn } from './sign-in.js';

/** Number and path, on the public and on the sign-in listener. */
const PUBLIC: [string, string][] = [
  ['A-1', '/'],
  ['A-5', '/help/certificate'],
  ['H-1', '/help/manual'],
  ['H-2', '/help/questions'],
  ['H-4', '/help/contact'],
  ['I-1', '/news'],
  ['A-9', '/signed-out'],
  ['A-4', '/sign-in/member'],
  ['Z-5', '/no/such/page'],
];

test('public screens', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404/);
  for (const [number, path] of PUBLIC) {
    await page.goto(`${demo.info.https_public}${path}`);
    await check(page, number);
  }
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await check(page, 'A-2');
});

test('screens behind the sign-in', async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404/);
  await beSignedIn(page, demo);
  await check(page, 'C-1');
  await page.goto(`${demo.info.https_login}/administrators`);
  await check(page, 'D-1');
  await passToCheck(page, demo, newMember());
  await check(page, 'D-3');
  await page.getByRole('link', { name: '入力に戻る' }).click();
  await check(page, 'D-2');
  await submitMember(page);
  await onScreen(page, 'D-3');
  await complete(page);
  await check(page, 'D-4');
  const member = `${demo.info.https_login}/administrators/${new URL(page.url()).searchParams.get('id')}`;
  for (const [number, path] of [
    ['D-5', ''],
    ['D-8', '/edit'],
    ['D-6', '/delete'],
    ['H-1', '@/help/manual'],
    ['H-4', '@/help/contact'],
    ['Z-5', '/nothing'],
  ] as const) {
    await page.goto(path.startsWith('@') ? `${demo.info.https_login}${path.slice(1)}` : `${member}${path}`);
    await check(page, number);
  }
  await page.goto(`${member}/delete`);
  await page.getByRole('button', { name: 'アカウントを削除する' }).click();
  await check(page, 'D-7');
  await page.locator('#menu-button').click();
  await axe(page);
});

/** Opens `path` as somebody who prefers `appearance`, and lets axe look at the contrasts again. */
async function contrasts(page: Page, demo: Demo, appearance: Parameters<Page['emulateMedia']>[0]): Promise<void> {
  await page.emulateMedia(appearance);
  for (const path of ['/office', '/administrators?q=A00', '/administrators/new', '/help/questions', '/no/such/page']) {
    await page.goto(`${demo.info.https_login}${path}`);
    await expect(page.locator('[data-screen]')).toBeAttached();
    await axe(page);
  }
}

test('contrasts hold in the dark and with forced colours', { tag: '@js' }, async ({ page, demo, watch }) => {
  test.slow();
  watch.allow(/404/);
  await beSignedIn(page, demo);
  await contrasts(page, demo, { colorScheme: 'dark' });
  await contrasts(page, demo, { colorScheme: 'light', forcedColors: 'active' });
});
