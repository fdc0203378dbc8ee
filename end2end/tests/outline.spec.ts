/**
 * What assistive technology gets of every screen: roles, names, states. The album's pages, so that no clock and no other
 * test changes them; `--update-snapshots` writes the outlines anew after a change that is meant.
 */

import { readdirSync } from 'node:fs';
import path from 'node:path';

import { type Page, expect, test } from '@playwright/test';

import { type Picture, dressed, pictures } from './album.js';

/** Where header, menu and footer are part of the outline: before the sign-in, and for each kind of user. */
const WHOLE = ['A-1', 'C-1', 'C-11', 'C-21'];

/** One page of each screen: its plain state, or the first that there is. */
function plainOnes(): Picture[] {
  const found = new Map<string, Picture>();
  for (const one of pictures()) {
    const plain = one.name === one.number.toLowerCase().replace('-', '');
    if (plain || !found.has(one.number)) found.set(one.number, one);
  }
  return [...found.values()];
}

async function outline(page: Page, picture: Picture): Promise<string> {
  // The style sheet decides what is hidden.
  await page.setContent(dressed(picture));
  const root = WHOLE.includes(picture.number) ? 'body' : 'main';
  return `${await page.locator(root).ariaSnapshot()}\n`;
}

test('every screen has the outline that was approved', { tag: '@js' }, async ({ page }) => {
  test.slow();
  const names: string[] = [];
  for (const picture of plainOnes()) {
    const name = `${picture.number.toLowerCase()}.yml`;
    names.push(name);
    expect.soft(await outline(page, picture)).toMatchSnapshot(name);
  }
  const kept = readdirSync(path.dirname(test.info().snapshotPath('x')));
  expect(kept.filter((file) => !names.includes(file)), 'outlines of no screen').toEqual([]);
});
