/** Z-6: an operator closes the service for maintenance and opens it again. */

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { onScreen, test } from '../helpers.js';
import { check } from '../screen.js';

test('while the maintenance file is there, every page says so; afterwards all goes on', async ({ page, demo, watch }) => {
  watch.allow(/503/);
  const file = path.join(path.dirname(process.env.DEMO_INFO ?? ''), 'maintenance');
  writeFileSync(file, '');
  try {
    await page.goto(demo.info.https_public);
    await check(page, 'Z-6');
    await page.goto(`${demo.info.https_login}/sign-in/office`);
    await check(page, 'Z-6');
  } finally {
    rmSync(file);
  }
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
});
