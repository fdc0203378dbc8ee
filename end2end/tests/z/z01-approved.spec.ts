/**
 * Z-1, Z-4 and Z-9, which no way leads to in a healthy demo: the server's approved HTML of them, in the demo's looks.
 */

import { readFileSync } from 'node:fs';

import { test } from '../helpers.js';
import { check } from '../screen.js';

const SNAPSHOTS = `${import.meta.dirname}/../../../server/tests/snapshots`;

for (const [number, file] of [['Z-1', 'z1'], ['Z-4', 'z4'], ['Z-9', 'z9']] as const) {
  test(`${number} as the server renders it`, { tag: '@no-js' }, async ({ page, demo }) => {
    await page.goto(demo.info.https_public);
    const css = (await page.locator('link[rel="stylesheet"]').getAttribute('href')) ?? '';
    const [, , ...html] = readFileSync(`${SNAPSHOTS}/${file}.snap`, 'utf8').split('---\n');
    const body = html.join('---\n').replace(/\/pkg\/app\.\d+\.css/, css).replace(/<link rel="(modulepreload|preload)"[^>]*>/g, '');
    const address = `${demo.info.https_public}/approved`;
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await page.goto(address);
    await check(page, number);
  });
}
