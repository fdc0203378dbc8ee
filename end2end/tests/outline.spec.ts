/**
 * What assistive technology gets of every screen: roles, names, states. The album's pages, so that no clock and no other
 * test changes them; `--update-snapshots` writes the outlines anew after a change that is meant.
 */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { type Page, expect, test } from '@playwright/test';

import { type Picture, asSent, pictures } from './album.js';

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

/** The style sheet decides what is hidden. */
function styleSheet(): string {
  const site = process.env.SITE_DIR;
  if (!site) throw new Error('SITE_DIR must name the folder that `make site` fills');
  const { css } = JSON.parse(readFileSync(path.join(site, 'manifest.json'), 'utf8')) as { css: string };
  return readFileSync(path.join(site, css), 'utf8');
}

async function outline(page: Page, picture: Picture, css: string): Promise<string> {
  // As if the scripts had run: what needs them is there.
  const html = asSent(picture)
    .replace('<html', '<html data-hydrated data-script')
    .replace('</head>', `<style>${css}</style></head>`);
  await page.setContent(html);
  const root = WHOLE.includes(picture.number) ? 'body' : 'main';
  return `${await page.locator(root).ariaSnapshot()}\n`;
}

test('every screen has the outline that was approved', { tag: '@js' }, async ({ page }) => {
  test.slow();
  const css = styleSheet();
  const names: string[] = [];
  for (const picture of plainOnes()) {
    const name = `${picture.number.toLowerCase()}.yml`;
    names.push(name);
    expect.soft(await outline(page, picture, css)).toMatchSnapshot(name);
  }
  const kept = readdirSync(path.dirname(test.info().snapshotPath('x')));
  expect(kept.filter((file) => !names.includes(file)), 'outlines of no screen').toEqual([]);
});
