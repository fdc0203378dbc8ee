/** 本人確認 and 同意, each up to the screen that follows. */

import { type Page, expect } from '@playwright/test';

import { type Demo, type Insured } from './demo.js';
import { onScreen } from './helpers.js';

/** Fills E-4 in; the birthday as `era` writes it. */
export async function fillItems(page: Page, person: Insured, era: 'western' | 'showa' = 'western'): Promise<void> {
  const [year = '', month = '', day = ''] = person.born_on.split('-');
  await page.locator('#insurer_number').fill(person.insurer_number);
  await page.locator('#insured_number').fill(person.insured_number);
  await page.locator('select[name="form[birth_era]"]').selectOption(era);
  await page.locator('#birth_year').fill(era === 'western' ? year : String(Number(year) - 1925));
  await page.locator('#birth_month').fill(String(Number(month)));
  await page.locator('#birth_day').fill(String(Number(day)));
  await page.locator(`input[name="form[sex]"][value="${person.sex}"]`).check();
  await page.locator('input[name="form[reason]"][value="no_card"]').check();
}

/** 「確認する」. */
export async function submitItems(page: Page): Promise<void> {
  await page.locator('main').getByRole('button', { name: '確認する', exact: true }).click();
}

/** From E-4 to E-5, with the office in charge; answers the address of the person's E-6. */
export async function takeCharge(page: Page, demo: Demo, person: Insured): Promise<string> {
  await page.goto(`${demo.info.https_login}/people/find`);
  await onScreen(page, 'E-4');
  await fillItems(page, person, 'showa');
  await submitItems(page);
  await page.waitForURL(/\/people\/find\/.+/);
  await onScreen(page, 'E-4');
  await expect(page.locator('main')).toContainText(person.name);
  await page.getByRole('button', { name: '担当として登録する' }).click();
  await onScreen(page, 'E-5');
  return page.url().replace(/\/consent$/, '');
}

/** E-5 with these items ticked, up to the record. */
export async function giveConsent(page: Page, items: string[]): Promise<void> {
  for (const item of items) await page.locator(`main input[type="checkbox"][value="${item}"]`).check();
  // Playwright puts a space where a hidden reading stands.
  await page.getByRole('button', { name: /^同意\s*を\s*登録\s*する$/ }).click();
  await page.waitForURL(/\/consent\/record$/);
  await onScreen(page, 'E-5');
}

/** E-13, so that the person is free again. */
export async function endCharge(page: Page, person: string): Promise<void> {
  await page.goto(`${person}/end`);
  await onScreen(page, 'E-13');
  await page.getByRole('button', { name: '担当を終了する' }).click();
  await onScreen(page, 'E-1');
}

/** The section under this heading. */
export function section(page: Page, heading: string) {
  return page.locator('main section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });
}
