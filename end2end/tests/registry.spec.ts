/** Every screen of the registry is opened by some spec. */

import { readFileSync, readdirSync } from 'node:fs';

import { expect, test } from '@playwright/test';

import { registry } from './album.js';

test('every ScreenId is named in a spec', { tag: '@no-js' }, () => {
  const numbers = registry();
  expect(numbers.length).toBeGreaterThan(20);
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const specs = files.filter((name) => name.endsWith('.spec.ts') && name !== 'registry.spec.ts');
  const text = specs.map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8')).join('\n');
  const missing = numbers.filter((number) => !text.includes(`'${number}'`));
  expect(missing, 'screens that no spec opens').toEqual([]);
});
