/** D-2: what may be entered, and what is said about the rest. */

import { axe, expect, expectErrors, onScreen, test } from '../helpers.js';
import { fillMember, newMember, openNew, submitMember } from '../members.js';
import { beSignedIn } from '../sign-in.js';

test.beforeEach(async ({ page, demo, watch }) => {
  watch.allow(/422/);
  await beSignedIn(page, demo);
  await openNew(page, demo);
});

const REQUIRED: [string, string][] = [
  ['login_id', 'ユーザIDを入力してください。'],
  ['family_name', '姓を入力してください。'],
  ['given_name', '名を入力してください。'],
  ['family_kana', 'せい（かな）を入力してください。'],
  ['given_kana', 'めい（かな）を入力してください。'],
  ['services', 'サービス種類を1つ以上選択してください。'],
  ['jobs', '職種区分を1つ以上選択してください。'],
  ['email', 'メールアドレスを入力してください。'],
];

test('an empty form names every required field, above and beside it, with links', async ({ page }) => {
  await submitMember(page);
  await expectErrors(page, '入力内容を確認してください（8か所）', ...REQUIRED.map(([, text]) => text));
  for (const [field, text] of REQUIRED) {
    await expect(page.locator(`#${field}-error`)).toHaveText(`＊${text}`);
    await expect(page.locator('#error-summary a', { hasText: text })).toHaveAttribute('href', `#${field}`);
  }
  await page.locator('#error-summary a', { hasText: '姓を入力してください。' }).click();
  await expect(page.locator('#family_name')).toBeInViewport();
  await axe(page);
});

test('a link of the summary moves the focus to its field', { tag: '@js' }, async ({ page }) => {
  await submitMember(page);
  await expectErrors(page);
  for (const field of ['given_kana', 'services', 'email']) {
    await page.locator(`#error-summary a[href="#${field}"]`).click();
    await expect(page.locator(`#${field}`)).toBeFocused();
  }
});

const WRONG: [string, string, string][] = [
  ['login_id', 'abc12', '半角英数字6文字以上'],
  ['login_id', 'tanaka-ren', '半角英数字6文字以上'],
  ['login_id', 'a'.repeat(33), '32文字以内'],
  ['family_name', '山'.repeat(31), '長すぎます'],
  ['family_name', '<b>山田</b>', '使えない文字'],
  ['family_kana', '山田', 'ひらがなまたはカタカナ'],
  ['given_kana', 'hanako', 'ひらがなまたはカタカナ'],
  ['email', 'yamada', '正しい形で入力'],
  ['email', '山田@example.jp', '半角英数字と記号'],
  ['phone', '03-1234-5678', '070・080・090'],
];

test('each rule is explained beside its field, and what was typed stays', async ({ page }) => {
  test.slow();
  for (const [field, text, said] of WRONG) {
    const member = newMember({ [field]: text });
    await fillMember(page, member);
    await submitMember(page);
    await expect(page.locator(`#${field}-error`), `${field}: ${text}`).toContainText(said);
    await expect(page.locator('#error-summary a')).toHaveCount(1);
    await expect(page.locator(`#${field}`)).toHaveValue(text);
    await expect(page.locator(`#${field}`)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('#services input[value="A7"]')).toBeChecked();
    await expect(page.locator('#jobs input[value="care_manager"]')).toBeChecked();
  }
});

test('an ID that is taken, here or elsewhere, in any case of letters', async ({ page }) => {
  for (const login_id of ['nursinguserA000', 'aozoraNURSINGuserA000', 'KJ987654321098']) {
    await fillMember(page, newMember({ login_id }));
    await submitMember(page);
    await expectErrors(page, 'すでに使われています');
    await expect(page.locator('#login_id-error')).toContainText('すでに使われています');
    await expect(page.locator('#login_id')).toHaveValue(login_id);
  }
});

test('the ID is checked while it is typed', { tag: '@js' }, async ({ page }) => {
  const error = page.locator('#login_id-error');
  await page.locator('#login_id').pressSequentially('NursingUserA000');
  await expect(error).toContainText('すでに使われています');
  await page.locator('#login_id').press('Backspace');
  await page.locator('#login_id').pressSequentially('Zzz9');
  await expect(error).toBeEmpty();
  await page.locator('#login_id').fill('abc');
  await expect(error).toContainText('6文字以上');
});

test('a service is found by its name or code, and its chip takes it off', { tag: '@js' }, async ({ page }) => {
  await page.locator('#services-search').fill('ﾘﾊﾋﾞﾘ');
  await expect(page.locator('#services input[value="16"]')).toBeVisible();
  await expect(page.locator('#services input[value="43"]')).toBeHidden();
  await page.locator('#services input[value="16"]').check();
  const chip = page.getByRole('button', { name: '通所リハビリテーションの選択を外す' });
  await expect(chip).toBeVisible();
  await chip.click();
  await expect(page.locator('#services input[value="16"]')).not.toBeChecked();
});

test('full-width and half-width, katakana and hiragana are made one', async ({ page }) => {
  const member = newMember();
  const wide = [...member.login_id].map((c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)).join('');
  await fillMember(page, {
    ...member,
    login_id: wide,
    family_kana: 'ﾔﾏﾀﾞ',
    given_kana: 'ハナコ',
    email: member.email.replace('@', '＠'),
    phone: '０９０１２３４５６７８',
  });
  await submitMember(page);
  await onScreen(page, 'D-3');
  for (const text of [member.login_id, 'やまだ はなこ', member.email, '090-1234-5678']) {
    await expect(page.locator('main')).toContainText(text);
  }
  await page.getByRole('link', { name: '入力に戻る' }).click();
  await onScreen(page, 'D-2');
  await expect(page.locator('#family_name')).toHaveValue('山田');
  await expect(page.locator('#services input[value="16"]')).toBeChecked();
});

test('two tabs hold two forms', async ({ page, demo }) => {
  const [first, second] = [newMember({ family_name: '一' }), newMember({ family_name: '二' })];
  const other = await page.context().newPage();
  await openNew(other, demo);
  expect(other.url()).not.toBe(page.url());
  await fillMember(page, first);
  await fillMember(other, second);
  await submitMember(page);
  await submitMember(other);
  await onScreen(page, 'D-3');
  await onScreen(other, 'D-3');
  await expect(page.locator('main')).toContainText(first.login_id);
  await expect(other.locator('main')).toContainText(second.login_id);
});

test('a form of nobody, or of another person, is not found', async ({ page, demo, watch }) => {
  watch.allow(/404/);
  await page.goto(`${demo.info.https_login}/administrators/new/check?draft=0190a2b4-0000-7000-8000-000000000000`);
  await expect(page.locator('[data-screen="D-3"], [data-screen="Z-5"], [data-screen="D-2"]')).toBeAttached();
  await expect(page.getByRole('button', { name: '管理者ユーザの登録を完了する' })).toHaveCount(0);
});
