import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace, type ServedWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { startBrowser, type RunningBrowser } from '../support/browser.ts';
import { buildPage, inRoot } from '../support/build-page.ts';

const password = 'lantern-orbit-velvet-42';
let folder: string;
let server: ServedWorkspace;
let running: RunningBrowser;

beforeAll(async () => {
  await buildPage();
  folder = await mkdtemp(join(tmpdir(), 'huawu-door-'));
  const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: inRoot('models') });
  await workspace.close();
  const settings = settingsSchema.parse({ port: 0, signIn: 'on', logLevel: 'silent' });
  server = await serveWorkspace({ folder: join(folder, 'line'), settings });
  running = await startBrowser();
}, 300_000);
afterAll(async () => {
  await running.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
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
    await page.getByLabel('代码').fill(server.setUpCode ?? '');
    await page.getByLabel('用户名').fill('wang');
    await page.getByLabel('姓名').fill('王主任');
    await page.getByLabel('新密码').fill('password1234');
    await page.getByRole('button', { name: '保存并登录' }).click();
    await page.getByText('这个密码太容易猜到').waitFor();
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
    await page.getByText('The name or the password is wrong').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  },
);
