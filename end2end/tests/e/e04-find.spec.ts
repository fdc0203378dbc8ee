/** E-4, E-5, E-6: a 一般ユーザ finds a person, takes charge, records consent, and sees exactly what the matrix allows. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { endCharge, fillItems, giveConsent, section, submitItems, takeCharge } from '../people.js';

const ALL = ['survey', 'opinion', 'review', 'renovation', 'equipment', 'life', 'care_plan'];

test('from four items to the result; withdrawal hides at the next request in the other tab', async ({ page, demo }) => {
  test.slow();
  await signInAs(page, demo, demo.staffMember('NursingStaffB000'), 'C-21');
  await page.getByRole('link', { name: /本人確認/ }).last().click();
  await onScreen(page, 'E-2');
  await page.getByRole('link', { name: /カードなし/ }).click();
  await onScreen(page, 'E-4');
  const person = await takeCharge(page, demo, demo.insured(3));
  const readings = page.locator('main rt');
  await expect(readings.first()).toBeHidden();
  const furigana = page.locator('.furigana__box');
  await expect(page.getByRole('checkbox', { name: /^ふりがなを付\s*ける$/ })).not.toBeChecked();
  await furigana.check();
  await expect(readings.first()).toBeVisible();
  expect((await readings.allInnerTexts()).join(' ')).toContain('かいご じょうほう');
  await axe(page);
  await furigana.uncheck();
  await giveConsent(page, ALL);
  await page.getByRole('link', { name: '資格確認結果を見る' }).click();
  await onScreen(page, 'E-6');
  await expect(page.locator('.result')).toContainText('認定は');
  await expect(page.locator('.facts')).toContainText('要介護3');

  // 一般介護職 of 通所リハビリテーション: the certificates, the own office's LIFE records, ケアプラン.
  for (const [path, heading, shown] of [
    ['/certification', '認定調査票', null],
    ['/certification', '主治医意見書', null],
    ['/review', '審査会進捗', null],
    ['/benefits', '住宅改修費の利用状況', null],
    ['/benefits', '福祉用具購入費の利用状況', null],
    ['/life', 'LIFE情報の内容', 'デモ介護センターひまわり'],
    ['/care-plan', 'ケアプランの内容', null],
  ] as const) {
    await page.goto(`${person}${path}`);
    const body = section(page, heading);
    if (['/life', '/care-plan'].includes(path)) await expect(body, heading).not.toContainText('権限なし');
    else await expect(body, heading).toContainText('権限なし');
    if (shown) await expect(body).toContainText(shown);
    await expect(body).not.toContainText('あおぞら');
  }

  await page.goto(`${person}/life`);
  await onScreen(page, 'E-10');
  const other = await page.context().newPage();
  await other.goto(`${person}/consent`);
  await onScreen(other, 'E-5');
  await other.getByRole('row', { name: /LIFE情報/ }).getByRole('button', { name: /取り消す/ }).click();
  await expect(other.getByRole('row', { name: /LIFE情報/ })).toContainText('取り消し');
  await page.reload();
  await onScreen(page, 'E-10');
  await expect(section(page, 'LIFE情報の内容')).toContainText('同意なし');
  await expect(section(page, 'LIFE情報の内容')).not.toContainText('Barthel');
  await other.close();
  await endCharge(page, person);
});

test('what does not fit is answered neutrally and nothing typed is lost', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  // Not NursingStaffB002, who forgets the password in g01.
  await signInAs(page, demo, demo.staffMember('NursingStaffB000'), 'C-21');
  await page.goto(`${demo.info.https_login}/people/find`);
  await onScreen(page, 'E-4');
  await submitItems(page);
  await expectErrors(page, '保険者番号を入力してください。', '生年月日を入力してください。', '性別を選択してください。');
  const person = demo.insured(5);
  await fillItems(page, { ...person, insured_number: '0000000001' });
  await submitItems(page);
  await expectErrors(page, 'お一人に特定できませんでした');
  await expect(page.locator('#insurer_number')).toHaveValue(person.insurer_number);
  await expect(page.locator(`input[name="form[sex]"][value="${person.sex}"]`)).toBeChecked();
  // A 個人番号 is neither taken nor shown again.
  await page.locator('#insured_number').fill('123456789018');
  await submitItems(page);
  await expectErrors(page, '被保険者番号は10桁');
  await expect(page.locator('#insured_number')).toHaveValue('');
  await fillItems(page, demo.insured(23));
  await submitItems(page);
  await expectErrors(page, 'まだ本サービスに対応していません');
});
