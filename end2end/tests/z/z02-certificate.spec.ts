/** Z-2: each kind of bad client certificate, each with its own advice. */

import { type ClientCertificate, type DemoInfo, axe, expect, onScreen, test } from '../helpers.js';
import { check } from '../screen.js';
import { sendPassword } from '../sign-in.js';

const KINDS: [string, (info: DemoInfo) => ClientCertificate | null, string, string][] = [
  ['none', () => null, 'クライアント証明書が選択されていません', 'インストールしているか確認'],
  ['expired', (info) => info.client_certificates.expired, '有効期限が切れています', '更新（再発行）'],
  ['revoked', (info) => info.client_certificates.revoked, '失効したクライアント証明書です', '発行を申請'],
  ['foreign', (info) => info.client_certificates.foreign, '本サービス用のクライアント証明書ではありません', '介護DX証明書'],
];

for (const [kind, certificate, title, advice] of KINDS) {
  test(`a certificate that is ${kind} ends at Z-2`, async ({ openPage, demo, watch }) => {
    watch.allow(/403/);
    const page = await openPage(certificate(demo.info));
    for (const path of ['/sign-in/office', '/sign-in/office/code', '/office', '/administrators']) {
      const answer = await page.goto(`${demo.info.https_login}${path}`);
      expect(answer?.status(), path).toBe(403);
      await onScreen(page, 'Z-2');
      await expect(page.locator('main')).toContainText(title);
      await expect(page.locator('main')).toContainText(advice);
    }
    await check(page, 'Z-2');
    const api = await page.request.post(`${demo.info.https_login}/api/start_office`, {
      headers: { origin: demo.info.https_login },
      form: { login_id: demo.officeUser.login_id, password: demo.officeUser.password },
    });
    expect(api.status()).toBe(403);
    await page.getByRole('link', { name: '証明書のご案内を見る' }).click();
    await onScreen(page, 'A-5');
  });
}

test("the right password with another office's certificate ends at Z-2", async ({ openPage, demo, watch }) => {
  watch.allow(/403/);
  const page = await openPage(demo.certificateOf(demo.otherUser.office_number));
  await page.goto(`${demo.info.https_login}/sign-in/office`);
  await onScreen(page, 'A-2');
  const api = page.waitForResponse((response) => response.url().endsWith('/api/start_office'));
  await sendPassword(page, demo.officeUser.login_id, demo.officeUser.password);
  expect([303, 403]).toContain((await api).status());
  await onScreen(page, 'Z-2');
  await expect(page.locator('main')).toContainText('事業所が一致しません');
  await expect(page.locator('main')).toContainText('操作していた画面');
  await expect(page.locator('main')).toContainText('A-2');
  await expect(page.locator('main')).not.toContainText(demo.officeUser.password);
  await axe(page);
  const again = await page.reload();
  expect(again?.status()).toBe(403);
});
