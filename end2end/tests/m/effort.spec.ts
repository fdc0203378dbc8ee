/** The set-up manual's tasks at a card reader, with what they cost counted; see `../effort.spec.ts`. */

import { Effort } from '../effort.js';
import { expect, onScreen } from '../helpers.js';
import { READERS, chooseReader, initialise, openReader, passcode, press, setUp, test, PASSCODE } from '../reader.js';

test('2-2 and 2-3: a new terminal is set up, and a reader chosen', { tag: '@js' }, async ({ page, demo, stand }) => {
  test.slow();
  expect(stand).toBeTruthy();
  await openReader(page, demo, 'NursingUserA002');
  await onScreen(page, 'M-1');
  const effort = await Effort.begin(page);
  await initialise(page);
  // The screen that follows belongs to the next task.
  effort.expectRow('2-2', 'M-8');
  await effort.again(page);
  await chooseReader(page, READERS[1]);
  await press(page, '次へ');
  await onScreen(page, 'M-11');
  effort.expectRow('2-3');
});

test('3-4: a terminal tells its ID, and is registered', { tag: '@js' }, async ({ page, demo, stand }) => {
  test.slow();
  await openReader(page, demo, 'NursingUserA002');
  await setUp(page);
  await stand.stopBridge();
  await onScreen(page, 'M-12');
  await stand.startBridge();
  await onScreen(page, 'M-7');
  const effort = await Effort.begin(page);
  await passcode(page, 'M-7', PASSCODE);
  await onScreen(page, 'M-8');
  await press(page, '設定');
  await onScreen(page, 'M-9');
  await press(page, '端末固有IDの表示');
  await onScreen(page, 'M-13');
  await page.getByRole('link', { name: 'この端末を登録する' }).click();
  await onScreen(page, 'J-2');
  await page.locator('#terminal_user').fill('DEMO0000000002');
  await page.locator('#terminal_password').fill('demo-terminal-2025');
  await page.getByRole('button', { name: '認証', exact: true }).click();
  await onScreen(page, 'J-1');
  await expect(page.locator('main')).toContainText('成功');
  effort.expectRow('3-4');
});
