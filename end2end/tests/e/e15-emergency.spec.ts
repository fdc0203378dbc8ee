/** E-15 and F-4: nothing without a declaration; a reason opens one person; the use is reviewed by somebody else. */

import { readFileSync } from 'node:fs';

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { signInAs } from '../member-sign-in.js';
import { endCharge, section, takeCharge } from '../people.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

const REASON = '避難先で介助の方法を確認するため';

test('in an emergency a reason opens a person, the record tells, and somebody reviews it', async ({
  page,
  demo,
  watch,
  openPage,
}) => {
  test.slow();
  watch.allow(/404|422/);
  await signInAs(page, demo, demo.administrator('NursingUserA011'), 'C-11');
  const person = await takeCharge(page, demo, demo.insured(8));
  const banner = page.getByRole('complementary', { name: '災害時の閲覧' });
  await page.goto(person);
  await onScreen(page, 'E-6');
  await expect(banner).toHaveCount(0);
  await page.goto(`${person}/emergency`);
  await onScreen(page, 'Z-5');
  await demo.declareEmergency(60);
  try {
    await page.goto(`${demo.info.https_login}/people`);
    await expect(banner).toContainText('災害時の閲覧が有効です');
    await axe(page);
    await page.goto(`${person}/certification`);
    await expect(section(page, '認定調査票')).toContainText('同意なし');
    await page.locator('main').getByRole('link', { name: '災害時の閲覧に進む' }).click();
    await check(page, 'E-15');
    await page.getByRole('button', { name: '理由を記録して閲覧する' }).click();
    await expectErrors(page, '閲覧する理由を入力してください。');
    await axe(page);
    await page.locator('#emergency_reason').fill('確認');
    await page.getByRole('button', { name: '理由を記録して閲覧する' }).click();
    await expectErrors(page, '5文字以上');
    await expect(page.locator('#emergency_reason')).toHaveValue('確認');
    await page.locator('#emergency_reason').fill(REASON);
    await page.getByRole('button', { name: '理由を記録して閲覧する' }).click();
    await check(page, 'E-6');
    await expect(page.locator('main')).toContainText('災害時の閲覧中です');
    await expect(section(page, '災害時の閲覧の記録')).toContainText(REASON);
    await page.goto(`${person}/certification`);
    await expect(section(page, '認定調査票')).toContainText('災害時の閲覧により表示（同意なし）');
    await axe(page);
    await page.goto(`${demo.info.https_login}/emergency-uses`);
    await check(page, 'F-4');
    await expect(page.getByRole('row', { name: new RegExp(REASON) }).first()).toContainText('ご自分の閲覧は');

    // The office reviews what its 管理者 did.
    const office = await openPage(demo.certificateOf(demo.officeUser.office_number));
    await beSignedIn(office, demo);
    await office.goto(`${demo.info.https_login}/viewings`);
    await office.getByRole('link', { name: '災害時の閲覧の確認' }).click();
    await check(office, 'F-4');
    const row = office.getByRole('row', { name: new RegExp(demo.insured(8).name) }).first();
    await row.getByRole('button', { name: /確認済みにする/ }).click();
    await onScreen(office, 'F-4');
    await expect(row).toContainText('確認済み');
    await expect(row).toContainText(demo.officeUser.login_id);
    await check(office, 'F-4');
    const [download] = await Promise.all([
      office.waitForEvent('download'),
      office.getByRole('button', { name: 'CSVファイルに書き出す' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^災害時の閲覧_\d{8}\.csv$/);
    expect(readFileSync(await download.path(), 'utf8')).toContain(REASON);
  } finally {
    await demo.endEmergencies();
  }
  await page.goto(`${person}/certification`);
  await onScreen(page, 'E-7');
  await expect(section(page, '認定調査票')).toContainText('同意なし');
  await expect(page.locator('main')).not.toContainText('災害時の閲覧');
  await endCharge(page, person);
});
