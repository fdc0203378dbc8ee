/** D-2: かな from the input method, while the name is typed in kanji. */

import { type Page } from '@playwright/test';

import { expect, onScreen, test } from '../helpers.js';
import { compose, convert } from '../ime.js';
import { newMember, openNew, fillMember, register, submitMember } from '../members.js';
import { beSignedIn } from '../sign-in.js';

const family = (page: Page) => page.locator('#family_name');
const kana = (page: Page) => page.locator('#family_kana');

test.describe('reading', { tag: '@js' }, () => {
  test.beforeEach(async ({ page, demo }) => {
    await beSignedIn(page, demo);
    await openNew(page, demo);
  });

  test('kana that become kanji are the reading, and are sent', async ({ page }) => {
    await compose(page, family(page), ['ｔ', 'た', 'たｎ', 'たな', 'たなか', '田中'], '田中');
    await expect(family(page)).toHaveValue('田中');
    await expect(kana(page)).toHaveValue('たなか');
    await convert(page, page.locator('#given_name'), 'けn', '健');
    await convert(page, page.locator('#given_name'), 'いち', '一');
    await expect(page.locator('#given_kana')).toHaveValue('けんいち');
    const { login_id, email, services, jobs } = newMember();
    await fillMember(page, { login_id, email, services, jobs });
    await submitMember(page);
    await onScreen(page, 'D-3');
    await expect(page.locator('main')).toContainText('田中');
    await expect(page.locator('main')).toContainText('たなか けんいち');
  });

  test('deleting, breaking off and converting again are followed', async ({ page }) => {
    await convert(page, family(page), 'すずき', '鈴木');
    await compose(page, family(page), ['や', 'やま'], '');
    await expect(family(page)).toHaveValue('鈴木');
    await expect(kana(page)).toHaveValue('すずき');
    await convert(page, family(page), 'だ', '田');
    await expect(kana(page)).toHaveValue('すずきだ');
    await page.keyboard.press('Backspace');
    await expect(kana(page)).toHaveValue('すずき');
    await page.keyboard.press('Backspace');
    await expect(family(page), 'half of what was typed at once').toHaveValue('鈴');
    await expect(kana(page)).toHaveValue('すずき');
    await page.keyboard.press('Backspace');
    await expect(kana(page)).toHaveValue('');
    await convert(page, family(page), 'さとう', '佐藤');
    await expect(kana(page)).toHaveValue('さとう');
  });

  test('names in kana are read as they are', async ({ page }) => {
    await convert(page, family(page), 'まりー', 'マリー');
    await expect(kana(page)).toHaveValue('まりー');
    await convert(page, page.locator('#given_name'), 'さくら', 'さくら');
    await expect(page.locator('#given_kana')).toHaveValue('さくら');
  });

  test('what a person writes as the reading stays', async ({ page }) => {
    await convert(page, family(page), 'なかた', '中田');
    await kana(page).fill('なかだ');
    await convert(page, family(page), 'や', '屋');
    await expect(family(page)).toHaveValue('中田屋');
    await expect(kana(page)).toHaveValue('なかだ');
  });

  test('on D-8 another name brings its own reading', async ({ page, demo }) => {
    const address = await register(page, demo, newMember());
    await page.goto(`${address}/edit`);
    await onScreen(page, 'D-8');
    await expect(kana(page)).toHaveValue('やまだ');
    await family(page).selectText();
    await convert(page, family(page), 'すずき', '鈴木');
    await expect(family(page)).toHaveValue('鈴木');
    await expect(kana(page)).toHaveValue('すずき');
    await expect(page.locator('#given_kana')).toHaveValue('はなこ');
  });
});
