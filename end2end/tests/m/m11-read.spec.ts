/** M-11: a card is read by 暗証番号 and by sight, at the second of two readers, and the server takes the reading. */

import { axe, expect, onScreen } from '../helpers.js';
import {
  PASSCODE,
  atRegisteredTerminal,
  enterKey,
  expectTrouble,
  found,
  holder,
  passcode,
  press,
  test,
  toEntry,
} from '../reader.js';

test.describe('reading', { tag: '@js' }, () => {
  test('by 暗証番号', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    await press(page, '次へ');
    await onScreen(page, 'M-11');
    await expect(page.getByText('カードリーダーにマイナンバーカードを置いてください')).toBeVisible();
    stand.lay(1);
    await expect(page.locator('#reader-key')).toBeVisible();
    await axe(page);
    await enterKey(page, '9999');
    await expect(page.getByText('暗証番号が正しくありません')).toBeVisible();
    await expect(page.locator('.reader__tries')).toHaveText('入力できる回数：あと2回');
    await enterKey(page, holder(1).pin);
    await found(page);
  });

  test('by sight: photo and attributes beside each other, then what the member of staff saw', async ({
    page,
    demo,
    stand,
  }) => {
    test.slow();
    const { number_b, name } = holder(1);
    await atRegisteredTerminal(page, demo);
    stand.lay(1);
    await toEntry(page, 'face');
    await enterKey(page, number_b);
    await expect(page.getByText(name)).toBeVisible();
    await expect.poll(() => page.locator('#reader-photo').evaluate((it: HTMLCanvasElement) => it.width)).toBe(240);
    await axe(page);
    await press(page, '一致しない');
    await expectTrouble(page, '本人と確認できませんでした', '読み取った内容は消去しました');
    await press(page, '最初からやり直す');
    await toEntry(page, 'face');
    await enterKey(page, number_b);
    await press(page, '本人と確認した');
    await found(page);
    await page.getByRole('button', { name: '担当として登録する' }).click();
    await onScreen(page, 'E-5');
  });

  test('a revoked card is refused by the server, and the next one is taken', async ({ page, demo, stand }) => {
    test.slow();
    await atRegisteredTerminal(page, demo);
    stand.lay(1, 4);
    await toEntry(page);
    await enterKey(page, holder(4).pin);
    await expectTrouble(page, '読み取りを受け付けられませんでした', '失効した電子証明書です');
    await stand.takeCards();
    await press(page, '最初からやり直す');
    stand.lay(1, 2);
    await toEntry(page);
    await enterKey(page, holder(2).pin);
    await found(page);
  });

  test('a card that leaves in mid-read, a reading that is stopped, a second tab', async ({ page, demo, stand }) => {
    test.slow();
    const { number_b, pin } = holder(1);
    await atRegisteredTerminal(page, demo);
    stand.lay(1, 1, 'dies-in-mid-read');
    await toEntry(page, 'face');
    await enterKey(page, number_b);
    await expectTrouble(page, '読み取り中にカードが離れました', 'カードを置き直し');
    await press(page, 'もう一度試す');
    await expect(page.locator('#reader-key')).toBeVisible();
    await stand.takeCards();

    stand.lay(1, 1, 'slow');
    await expect(page.locator('#reader-key')).toBeVisible({ timeout: 15_000 });
    await enterKey(page, number_b);
    const other = await page.context().newPage();
    await other.goto(`${demo.info.https_login}/reader`);
    await passcode(other, 'M-7', PASSCODE);
    await onScreen(other, 'M-8');
    await press(other, '次へ');
    await expectTrouble(other, 'カードリーダーは使用中です', '他の画面またはソフトウェアで使用中です');
    await other.close();
    await press(page, '読み取りを中止する');
    await expectTrouble(page, '読み取りを中止しました', '読み取りを中止しました');
    await stand.takeCards();
    await press(page, 'もう一度試す');
    stand.lay(1);
    await press(page, '読み取りを中止する');
    await toEntry(page);
    await enterKey(page, pin);
    await found(page);
  });
});
