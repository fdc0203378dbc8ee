/** M-1 … M-10, M-13: from a new reader-bridge to a chosen reader and the terminal's ID. */

import { expect, onScreen } from '../helpers.js';
import { PASSCODE, READERS, chooseReader, openReader, passcode, press, setUp, terminalId, test } from '../reader.js';
import { check } from '../screen.js';

test.describe('set-up', { tag: '@js' }, () => {
  test('a new terminal goes through every screen', async ({ page, demo, stand }) => {
    test.slow();
    expect(stand).toBeTruthy();
    await openReader(page, demo, 'NursingUserA002');
    await check(page, 'M-1');
    await setUp(page);
    await check(page, 'M-8');
    const id = await terminalId(page);
    expect(id).toHaveLength(24);
    await press(page, '設定');
    await check(page, 'M-9');
    await press(page, '端末固有IDの表示');
    await check(page, 'M-13');
    await press(page, '認証選択に戻る');
    await press(page, '設定');
    await press(page, 'カードリーダー選択');
    await check(page, 'M-10');
    await expect(page.getByRole('button', { name: READERS[1] })).toHaveAttribute('aria-pressed', 'true');
  });

  test('two passcodes that differ are asked for again', async ({ page, demo, stand }) => {
    test.slow();
    expect(stand).toBeTruthy();
    await openReader(page, demo, 'NursingUserA002');
    await onScreen(page, 'M-1');
    await press(page, '同意して利用開始');
    await page.locator('#reader-user').fill('DEMO0000000001');
    await page.locator('#reader-password').fill('demo-terminal-2025');
    await check(page, 'M-2');
    await press(page, '登録する');
    await check(page, 'M-3');
    await press(page, 'OK');
    await check(page, 'M-4');
    await passcode(page, 'M-4', '1111');
    await passcode(page, 'M-5', '1112');
    await onScreen(page, 'M-4');
    await expect(page.getByText('2回の入力が一致していません')).toBeVisible();
    await passcode(page, 'M-4', '1111');
    await check(page, 'M-5');
    await passcode(page, 'M-5', '1111');
    await check(page, 'M-6');
  });

  test('after a restart the passcode opens it again, a wrong one only after a wait', async ({ page, demo, stand }) => {
    test.slow();
    await openReader(page, demo, 'NursingUserA002');
    await setUp(page);
    await stand.stopBridge();
    await onScreen(page, 'M-12');
    await expect(page.getByText('reader-bridge との接続が切れました')).toBeVisible();
    await stand.startBridge();
    await onScreen(page, 'M-7');
    await check(page, 'M-7');
    await passcode(page, 'M-7', '0000');
    await expect(page.getByText('パスコードが正しくありません')).toBeVisible();
    await expect(async () => {
      await passcode(page, 'M-7', PASSCODE);
      await expect(page.locator('[data-screen="M-8"]')).toBeAttached({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await expect(page.getByText(READERS[1]), 'the reader is remembered').toBeVisible();
    await chooseReader(page, READERS[0]);
  });
});

test('without JavaScript the page says why it needs it', { tag: '@no-js' }, async ({ page, demo }) => {
  await openReader(page, demo, 'NursingUserA002');
  await onScreen(page, 'M-8');
  await expect(page.getByText('カードの読み取りには、JavaScriptが必要です')).toBeVisible();
});
