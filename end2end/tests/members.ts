/** Members to register, and the way through D-2, D-3, D-4 or D-12, D-13, D-14. */

import { type Page } from '@playwright/test';

import { type Demo } from './demo.js';
import { onScreen } from './helpers.js';

/** The two kinds, as they stand in addresses. */
export type Kind = 'administrators' | 'staff';

/** What differs between them. */
export const WORDS = {
  administrators: { list: 'D-1', new: 'D-2', check: 'D-3', done: 'D-4', complete: '管理者ユーザの登録を完了する' },
  staff: { list: 'D-11', new: 'D-12', check: 'D-13', done: 'D-14', complete: '一般ユーザ登録を完了する' },
} as const;

/** What D-2 asks for; the keys are the fields' ids. */
export interface NewMember {
  login_id: string;
  family_name: string;
  given_name: string;
  family_kana: string;
  given_kana: string;
  services: string[];
  jobs: string[];
  email: string;
  phone: string;
}

const TEXTS = ['login_id', 'family_name', 'given_name', 'family_kana', 'given_kana', 'email', 'phone'] as const;

let count = 0;

/** A member whose ID and mail address nobody else has. */
export function newMember(over: Partial<NewMember> = {}): NewMember {
  const login_id = `e2e${Date.now().toString(36)}${(count++).toString(36)}`;
  return {
    login_id,
    family_name: '山田',
    given_name: '花子',
    family_kana: 'やまだ',
    given_kana: 'はなこ',
    services: ['16', 'A7'],
    jobs: ['care_manager'],
    email: `${login_id}@member.example.jp`,
    phone: '',
    ...over,
  };
}

/** Types and ticks what is given; leaves the rest. */
export async function fillMember(page: Page, member: Partial<NewMember>): Promise<void> {
  for (const field of TEXTS) {
    const text = member[field];
    if (text !== undefined) await page.locator(`#${field}`).fill(text);
  }
  for (const code of member.services ?? []) await tick(page, 'services', code);
  for (const code of member.jobs ?? []) await tick(page, 'jobs', code);
}

/** Ticks one choice, unfolding its group first. */
export async function tick(page: Page, field: 'services' | 'jobs', code: string): Promise<void> {
  const box = page.locator(`#${field} input[value="${code}"]`);
  if (!(await box.isVisible())) await box.locator('xpath=ancestor::details/summary').click();
  await box.check();
}

/** 「登録内容を確認する」. */
export async function submitMember(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登録内容を確認する' }).click();
}

/** Opens D-2 under its draft's own address. */
export async function openNew(page: Page, demo: Demo, kind: Kind = 'administrators'): Promise<void> {
  await page.goto(`${demo.info.https_login}/${kind}/new`);
  await onScreen(page, WORDS[kind].new);
}

/** From D-2 to D-3. */
export async function passToCheck(
  page: Page,
  demo: Demo,
  member: NewMember,
  kind: Kind = 'administrators',
): Promise<void> {
  await openNew(page, demo, kind);
  await fillMember(page, member);
  await submitMember(page);
  await onScreen(page, WORDS[kind].check);
}

/** 「管理者ユーザの登録を完了する」, up to D-4. */
export async function complete(page: Page, kind: Kind = 'administrators'): Promise<void> {
  await page.getByRole('button', { name: WORDS[kind].complete }).click();
  await onScreen(page, WORDS[kind].done);
}

/** From D-2 to D-4; answers the address of the account's D-5. */
export async function register(
  page: Page,
  demo: Demo,
  member: NewMember,
  kind: Kind = 'administrators',
): Promise<string> {
  await passToCheck(page, demo, member, kind);
  await complete(page, kind);
  return `${demo.info.https_login}/${kind}/${new URL(page.url()).searchParams.get('id')}`;
}

/** D-1 with this search. */
export async function search(page: Page, demo: Demo, text: string, kind: Kind = 'administrators'): Promise<void> {
  await page.goto(`${demo.info.https_login}/${kind}`);
  await onScreen(page, WORDS[kind].list);
  await page.locator('#q').fill(text);
  await page.getByRole('button', { name: '検索', exact: true }).click();
  await page.waitForURL(/[?&]q=/);
  await onScreen(page, WORDS[kind].list);
}
