import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { ServedWorkspace } from '../../src/http/serve.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { startBrowser, type RunningBrowser } from '../support/browser.ts';
import { buildPage, inRoot } from '../support/build-page.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const password = 'lantern-orbit-velvet-42';
const folder = await temporaryFolder();
let server: ServedWorkspace;
let running: RunningBrowser;

beforeAll(async () => {
  await buildPage();
  const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: inRoot('models') });
  await workspace.close();
  const settings = settingsSchema.parse({ port: 0, signIn: 'on', logLevel: 'silent' });
  server = await serveWorkspace({ folder: join(folder, 'line'), settings });
  running = await startBrowser();
}, 300_000);
afterAll(async () => {
  await running.close();
  await server.close();
});

const openDoor = async (language: string, width: number) => {
  const context = await running.browser.newContext({ viewport: { width, height: 900 }, locale: language });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.url}/?lang=${language}`);
  return page;
};

test(
  'the first who comes makes the administrator with the code, and goes again',
  { timeout: 300_000 },
  async () => {
    const page = await openDoor('zh-CN', 1440);
    await page.getByLabel('邀请码').fill(server.setUpCode ?? '');
    await page.getByLabel('用户名').fill('wang');
    await page.getByLabel('姓名').fill('王主任');
    await page.getByLabel('新密码').fill('password1234');
    await page.getByRole('button', { name: '保存并登录' }).click();
    await page.getByText('密码过于简单').waitFor();
    await page.getByLabel('新密码').fill(password);
    await page.getByRole('button', { name: '保存并登录' }).click();
    await page.getByRole('heading', { level: 1, name: '周计划' }).waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(await page.content()).not.toContain('周计划</h1>');
  },
);

test(
  'a wrong password is told, the right one lets in, on a phone and in English',
  { timeout: 300_000 },
  async () => {
    const page = await openDoor('en', 390);
    await page.getByLabel('User name').fill('Wang');
    await page.getByLabel('Password').fill('wrong-wrong-wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Wrong name or password').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  },
);

test(
  'an administrator invites somebody, who comes in with the code; everybody looks after their own account',
  { timeout: 300_000 },
  async () => {
    const chief = await openDoor('zh-CN', 1440);
    await chief.getByLabel('用户名').fill('wang');
    await chief.getByLabel('密码').fill(password);
    await chief.getByRole('button', { name: '登录', exact: true }).click();
    await chief.getByRole('link', { name: '成员' }).click();
    await chief.getByRole('button', { name: '邀请' }).click();
    await chief.getByLabel('用户名').fill('Zhou');
    await chief.getByLabel('姓名').fill('周');
    await chief.getByRole('button', { name: '邀请' }).click();
    const code = await chief.locator('code.secret').textContent();
    await chief.getByRole('row', { name: /zhou 周 查看者 – 邀请码有效至/ }).waitFor();

    const own = await openDoor('en', 390);
    await own.getByRole('button', { name: 'I have a code' }).click();
    await own.getByLabel('Code').fill(code ?? '');
    await own.getByLabel('User name').fill('zhou');
    await own.getByLabel('New password').fill(password);
    await own.getByRole('button', { name: 'Save and sign in' }).click();
    await own.getByRole('link', { name: 'My account' }).click();
    expect(await own.getByRole('link', { name: 'Members' }).count()).toBe(0);
    await own.getByRole('textbox', { name: 'Program' }).fill('wall');
    await own.getByRole('button', { name: 'Create a token' }).click();
    await expect.poll(() => own.locator('code.secret').textContent()).toMatch(/^huawu_/);
    await own.getByLabel('Current password').fill('wrong-wrong-wrong');
    await own.getByLabel('New password').fill('walnut-harbour-violet-17');
    await own.getByRole('button', { name: 'Change the password' }).click();
    await own.getByText('Wrong name or password').waitFor();
    await own.getByLabel('Current password').fill(password);
    await own.getByRole('button', { name: 'Change the password' }).click();
    await own.getByText('Password changed').waitFor();
    await own.getByText('this browser').waitFor();
    expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

    const row = chief.getByRole('row', { name: /^zhou/ });
    await row.getByRole('button', { name: '全部退出' }).click();
    await chief.getByRole('button', { name: '确定' }).last().click();
    await expect.poll(async () => (await own.request.get(`${server.url}/api/v1/caller`)).status()).toBe(401);
    // The browser keeps how the page looks and what was seen of it, nothing that the server told.
    const kept = await own.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(kept.filter((key) => !/^huawu-(language|line|theme|tour)$/.test(key))).toEqual([]);
    // The code that was handed over does not stay on the screen while other things are done.
    expect(await chief.locator('code.secret').count()).toBe(0);
    await row.getByRole('button', { name: '停用' }).click();
    await chief.getByRole('button', { name: '确定' }).last().click();
    await chief.getByRole('row', { name: /^zhou 周 查看者 – 已停用/ }).waitFor();
    // The last administrator stays one, and the page says why.
    await chief.getByRole('row', { name: /^wang/ }).getByRole('button', { name: '停用' }).click();
    await chief.getByRole('button', { name: '确定' }).last().click();
    await chief.getByText('这是最后一位管理员').waitFor();
  },
);
