/** M-12: every failure shows its own remedy, and the next reading works. */

import { expect, onScreen } from '../helpers.js';
import {
  PASSCODE,
  atRegisteredTerminal,
  enterKey,
  expectTrouble,
  found,
  holder,
  openReader,
  passcode,
  press,
  test,
  toEntry,
} from '../reader.js';
import { check } from '../screen.js';
import { type Preset } from '../reader-stand.js';

test.describe('trouble', { tag: '@js' }, () => {
  test('reader-bridge is not running, and then it is', async ({ page, demo, stand }) => {
    test.slow();
    await stand.stopBridge();
    await openReader(page, demo, 'NursingUserA002');
    await expectTrouble(page, 'reader-bridge が起動していません', 'reader-bridge を起動してください');
    await check(page, 'M-12');
    await stand.startBridge();
    await onScreen(page, 'M-1');
  });

  test('the browser was told not to let the page through', async ({ page, demo, stand }) => {
    expect(stand).toBeTruthy();
    await page.addInitScript(() => {
      const denied = { state: 'denied' };
      Object.setPrototypeOf(denied, PermissionStatus.prototype);
      Object.defineProperty(denied, 'state', { value: 'denied' });
      navigator.permissions.query = () => Promise.resolve(denied as unknown as PermissionStatus);
    });
    await openReader(page, demo, 'NursingUserA002');
    await expectTrouble(page, 'ブラウザが reader-bridge への接続を止めています', '「許可」に変更してください');
  });

  const cards: [Preset, string, string][] = [
    ['blocked', '暗証番号がロックされています', '市区町村窓口で再設定'],
    ['not-a-my-number-card', 'マイナンバーカードではありません', 'マイナンバーカードを置いてください'],
  ];
  for (const [preset, title, remedy] of cards) {
    test(`a card that is ${preset}`, async ({ page, demo, stand }) => {
      test.slow();
      await atRegisteredTerminal(page, demo);
      stand.lay(1, 1, preset);
      await press(page, '次へ');
      await expectTrouble(page, title, remedy);
      await stand.takeCards();
      stand.lay(1);
      await page.goto(`${demo.info.https_login}/reader`);
      await passcode(page, 'M-7', PASSCODE);
      await toEntry(page);
      await enterKey(page, holder(1).pin);
      await found(page);
    });
  }

  test('a wrong PIN, a last try, an expired card, a card that leaves', async ({ page, demo, stand }) => {
    test.slow();
    const { pin } = holder(1);
    await atRegisteredTerminal(page, demo);

    stand.lay(1, 1, 'wrong-pin-twice');
    await toEntry(page);
    await expect(page.getByText('暗証番号の入力は、あと1回です')).toBeVisible();
    await enterKey(page, pin);
    await expect(page.getByText('確認欄にチェックを入れてください')).toBeVisible();
    await check(page, 'M-11');
    await press(page, '読み取りを中止する');
    await onScreen(page, 'M-8');
    await stand.takeCards();

    stand.lay(1, 1, 'expired-certificate');
    await toEntry(page);
    await enterKey(page, pin);
    await expectTrouble(page, 'カードの有効期限が切れています', '市区町村窓口で更新');
    await stand.takeCards();

    stand.lay(1);
    await page.reload();
    await passcode(page, 'M-7', PASSCODE);
    await toEntry(page);
    await enterKey(page, holder(1).pin);
    await found(page);
  });

  test('a slow card is read all the same', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    stand.lay(1, 1, 'slow');
    await toEntry(page);
    await enterKey(page, holder(1).pin);
    await expect(page.locator('.reader progress')).toBeVisible();
    await found(page);
  });

  test('another program has the card, and then it has not', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    stand.lay(1);
    await toEntry(page);
    const let_go = await stand.rival(1);
    await enterKey(page, holder(1).pin);
    await expectTrouble(page, 'カードリーダーは使用中です', '他の画面またはソフトウェアで使用中です');
    await check(page, 'M-12');
    await let_go();
    await press(page, 'もう一度試す');
    await enterKey(page, holder(1).pin);
    await found(page);
  });

  test('no reader is connected, and then there is one', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    await stand.stopService();
    await stand.startService('none');
    await press(page, '次へ');
    await expectTrouble(page, 'カードリーダーが見つかりません', '接続を確認し');
    await check(page, 'M-12');
    await stand.stopService();
    await stand.startService();
    stand.lay(1);
    await expect(page.locator('#reader-key')).toBeVisible({ timeout: 60_000 });
    await enterKey(page, holder(1).pin);
    await found(page);
  });

  test('the PC/SC service stops and comes back', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    await press(page, '次へ');
    await onScreen(page, 'M-11');
    await stand.stopService();
    await expectTrouble(page, 'スマートカードサービスが停止しています', 'カードリーダーを接続し直し');
    await stand.startService();
    await onScreen(page, 'M-11');
    stand.lay(1);
    await expect(page.locator('#reader-key')).toBeVisible({ timeout: 60_000 });
    await enterKey(page, holder(1).pin);
    await found(page);
  });
});
