import { startBrowser } from '../tests/support/browser.ts';
const [open, ...list] = process.argv.slice(2);
const { browser, stop } = await startBrowser() as any;
const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
const page = await context.newPage();
page.on('console', (m: any) => m.type()==='error' && console.log('console:', m.text()));
page.on('pageerror', (e: any) => console.log('error:', e.message));
await page.goto(open);
await page.waitForTimeout(1500);
for (const item of list) {
  const [name, width, height, lang, theme, hash] = item.split('|');
  await page.setViewportSize({ width: Number(width), height: Number(height) });
  await page.goto('http://127.0.0.1:18555/?lang='+lang+'#'+hash);
  await page.evaluate((t: string) => localStorage.setItem('huawu-theme', t), theme);
  await page.reload();
  await page.waitForTimeout(9000);
  await page.screenshot({ path: '/tmp/today/'+name+'.png', fullPage: !hash.includes('board') });
  console.log(name);
}
await stop?.(); await browser.close().catch(()=>{});
process.exit(0);
