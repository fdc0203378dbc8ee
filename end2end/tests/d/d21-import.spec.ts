/** D-21: many at once from a CSV file; and lists as files. */

import { readFileSync } from 'node:fs';

import { type Page } from '@playwright/test';

import { axe, type Demo, expect, expectErrors, onScreen, test } from '../helpers.js';
import { check } from '../screen.js';
import { beSignedIn } from '../sign-in.js';

const HEAD = 'ユーザID,姓,名,せい,めい,サービス種類,職種区分,メールアドレス,携帯電話番号';

/** 「姓」 and the like as Excel writes them in Japan: Shift_JIS, which Node cannot write. */
const SHIFT_JIS_HEAD = Buffer.from(
  '8386815b835549442c90a92c96bc2c82b982a22c82df82a22c8354815b837283588eed97de2c90458eed' +
    '8be695aa2c8381815b838b83418368838c83582c8c6791d19364986294d48d86',
  'hex',
);

/** 田中, 蓮, タナカ and 看護職. */
const SHIFT_JIS = { tanaka: '93639286', ren: '9840', kana: '835e8369834a', nurse: '8ac58cec9045' };

let count = 0;

/** The start of IDs that nobody else has. */
function prefix(): string {
  return `csv${Date.now().toString(36)}${(count++).toString(36)}x`;
}

function row(id: string, over: Partial<Record<'name' | 'kana' | 'email', string>> = {}): string {
  const { name = '山田', kana = 'ヤマダ', email = `${id}@member.example.jp` } = over;
  return `${id},${name},花子,${kana},はなこ,16;通所型サービス(独自/定率),ケアマネジャー、看護職,${email},`;
}

async function open(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.info.https_login}/administrators/import`);
  await onScreen(page, 'D-21');
}

async function send(page: Page, buffer: Buffer, name = 'people.csv'): Promise<void> {
  await page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '内容を確認する' }).click();
  await onScreen(page, 'D-21');
}

function csv(...rows: string[]): Buffer {
  return Buffer.from(`\uFEFF${[HEAD, ...rows].join('\r\n')}\r\n`);
}

test.beforeEach(async ({ page, demo }) => {
  await beSignedIn(page, demo);
});

test('thirty people are registered together, and their mails arrive', async ({ page, demo }) => {
  test.slow();
  await page.goto(`${demo.info.https_login}/administrators`);
  await page.getByRole('link', { name: 'CSVで一括登録する' }).click();
  await check(page, 'D-21');
  const start = prefix();
  const ids = Array.from({ length: 30 }, (_, n) => `${start}${String(n).padStart(2, '0')}`);
  await send(page, csv(...ids.map((id) => row(id))));
  await expect(page.getByText('30人全員を登録できます')).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(30);
  await check(page, 'D-21');
  const since = new Date();
  await page.getByRole('button', { name: '30人を登録する' }).click();
  await expect(page.getByText('を30人登録しました')).toBeVisible({ timeout: 30_000 });
  await check(page, 'D-21');
  for (const id of [ids[0], ids[29]]) {
    const mail = await demo.mailWith(`${id}@member.example.jp`, 'アカウント発行のお知らせ', since);
    expect(mail.text).toContain(id);
  }
  await page.reload();
  await expect(page.getByText('を30人登録しました')).toBeVisible();
  await page.goto(`${demo.info.https_login}/administrators?q=${start}`);
  await expect(page.locator('.pager__count')).toContainText('全 30 件中');
});

test('a file as Excel writes it in Japan is read', async ({ page, demo }) => {
  await open(page, demo);
  const id = prefix();
  const { tanaka, ren, kana, nurse } = SHIFT_JIS;
  const text = (ascii: string) => Buffer.from(ascii, 'ascii');
  const hex = (digits: string) => Buffer.from(digits, 'hex');
  const cells = [text(id), hex(tanaka), hex(ren), hex(kana), hex(kana), text('16'), hex(nurse), text(`${id}@example.jp`)];
  const line = cells.flatMap((cell) => [cell, text(',')]);
  await send(page, Buffer.concat([SHIFT_JIS_HEAD, text('\r\n'), ...line, text('9012345678\r\n')]));
  await expect(page.getByText('1人全員を登録できます')).toBeVisible();
  await expect(page.locator('tbody tr')).toContainText('田中 蓮');
});

test('every wrong row says what is wrong with it, and nothing can be pressed', async ({ page, demo }) => {
  await open(page, demo);
  const id = prefix();
  const wrong = [row('NursingUserA000'), row(`${id}a`, { kana: 'yamada' }), row(`${id}b`, { email: 'nobody' })];
  await send(page, csv(row(id), row(id.toUpperCase()), ...wrong, row(`${id}c`)));
  await expect(page.getByText('6行のうち5行に、直すところがあります')).toBeVisible();
  const result = (line: number) => page.locator('tbody tr').nth(line - 2);
  await expect(result(2)).toContainText('ファイルのほかの行にもあります');
  await expect(result(4)).toContainText('このユーザIDはすでに使われています。');
  await expect(result(5)).toContainText('ひらがなまたはカタカナ');
  await expect(result(6)).toContainText('メールアドレスを正しい形で入力してください');
  await expect(result(7)).toContainText('登録できます');
  await expect(page.getByRole('button', { name: /人を登録する/ })).toHaveCount(0);
  await axe(page);
  await page.getByRole('link', { name: '直すところがある行だけを表示する' }).click();
  await expect(page.locator('tbody tr')).toHaveCount(5);
  await page.getByRole('link', { name: '別のファイルを選択する' }).click();
  await onScreen(page, 'D-21');
});

test('files that cannot be taken say why', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  await open(page, demo);
  await page.getByRole('button', { name: '内容を確認する' }).click();
  await expectErrors(page, '登録するファイルを選択してください。');
  await send(page, Buffer.from('PK\u0003\u0004workbook'), 'people.xlsx');
  await expectErrors(page, 'CSVとして読み取れません。');
  await send(page, Buffer.from('ID,name\r\na,b\r\n'));
  await expectErrors(page, '見出しの行がひな形と違います。');
  await send(page, Buffer.alloc(1024 * 1024 + 1, 'x'));
  await expectErrors(page, '1MB以内のファイルを選択してください。');
  await expect(page.locator('#file')).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
});

test('the template opens in Excel and registers nobody by itself', async ({ page, demo, watch }) => {
  watch.allow(/422/);
  await open(page, demo);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'ひな形をダウンロードする' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('管理者ユーザ登録用ひな形.csv');
  const bytes = readFileSync(await download.path());
  expect(bytes.toString('utf8').startsWith(`\uFEFF${HEAD}\r\n記入例`)).toBe(true);
  await send(page, bytes);
  await expectErrors(page, '登録する行がありません。');
});

test('a list is given out as it is shown, and no cell is a formula', async ({ page, demo }) => {
  await open(page, demo);
  const id = prefix();
  await send(page, csv(row(id, { name: '-山田', email: `+${id}@example.jp` })));
  await page.getByRole('button', { name: '1人を登録する' }).click();
  await expect(page.getByText('を1人登録しました')).toBeVisible({ timeout: 20_000 });
  await page.goto(`${demo.info.https_login}/administrators?q=${id}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '一覧をCSVでダウンロードする' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^管理者ユーザ一覧_\d{8}\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`${id},'-山田,花子,やまだ,はなこ,`);
  expect(lines[1]).toContain(`,'+${id}@example.jp,`);
});
