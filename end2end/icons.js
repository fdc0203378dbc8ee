/**
 * Draws the web app's icons from `style/public/favicon.svg`:
 *
 *     node end2end/icons.js
 *
 * The mark stands on white, inside the circle that a platform may cut out (40% of the width from the centre), so that one
 * file serves as an ordinary and as a maskable icon.
 */

import { readFileSync, writeFileSync } from 'node:fs';

import { chromium } from '@playwright/test';

const folder = new URL('../style/public/', import.meta.url);
const SIZES = [192, 512];
/** The mark's width in the icon's: its corners stay inside the circle. */
const SHARE = 0.52;

const mark = readFileSync(new URL('favicon.svg', folder)).toString('base64');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu'],
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  const inner = Math.round(size * SHARE);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:#fff">` +
      `<img alt="" width="${inner}" height="${inner}" src="data:image/svg+xml;base64,${mark}">`,
  );
  await page.locator('img').evaluate((image) => image.decode());
  writeFileSync(new URL(`icon-${size}.png`, folder), await page.screenshot());
}
await browser.close();
