/** Every page of the album is valid HTML, and every screen is in the album. */

import { expect, test } from '@playwright/test';

import { pictures, registry } from './album.js';
import { faults } from './markup.js';

test('html-validate finds nothing on any screen', { tag: '@no-js' }, async () => {
  const album = pictures();
  const shown = new Set(album.map(({ number }) => number));
  expect(registry().filter((number) => !shown.has(number)), 'screens without a page').toEqual([]);
  const found = await Promise.all(album.map(({ lines, file }) => faults(lines, file)));
  expect(found.flat()).toEqual([]);
});

test('html-validate is awake', { tag: '@no-js' }, async () => {
  const page = '<!DOCTYPE html><html lang="ja"><head><title>a</title></head><body>BODY</body></html>';
  for (const [body, rule] of [
    ['<p><div>a</div></p>', 'no-implicit-close'],
    ['<p id="a">a</p><p id="a">b</p>', 'no-dup-id'],
    ['<input type="text">', 'input-missing-label'],
    ['<h1>LIFE情報</h1><h2>LIFE情報</h2>', 'own/heading-unique'],
    ['<h1>a</h1><h2>b</h2><h2>b</h2>', 'own/heading-unique'],
  ] as const) {
    const found = await faults(page.replace('BODY', body), 'planted');
    expect(found.join('\n'), body).toContain(rule);
  }
});
