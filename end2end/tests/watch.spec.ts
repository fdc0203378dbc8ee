/** The watch itself: it must see what it is there for. */

import { type Page, expect, test } from '@playwright/test';

import { Watch } from './watch.js';

const INSIDE = 'http://inside.example';

async function show(page: Page, html: string): Promise<void> {
  await page.route(`${INSIDE}/`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.route('http://elsewhere.example/**', (route) => route.fulfill({ status: 204 }));
  await page.goto(`${INSIDE}/`);
}

let watch: Watch;

test.beforeEach(({ context }) => {
  watch = new Watch([INSIDE]);
  watch.add(context);
});

test('a quiet page passes', async ({ page }) => {
  await show(page, '<p>静か<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="></p>');
  watch.check();
});

test('a request to elsewhere fails', async ({ page }) => {
  await show(page, '<img alt="" src="http://elsewhere.example/pixel.gif">');
  expect(() => watch.check()).toThrow('request to http://elsewhere.example');
});

test('a console error and an exception fail, unless allowed', { tag: '@js' }, async ({ page }) => {
  await show(page, '<script>console.error("困りました"); setTimeout(() => { throw new Error("落ちました"); });</script>');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(() => watch.check()).toThrow(/困りました[\s\S]*落ちました/);
  watch.allow(/困りました/);
  watch.allow(/落ちました/);
  watch.check();
});
