import { openPage, openTestSite } from '../tests/e2e/test-site.ts';

/**
 * How soon the diversion page answers a slider, in a real browser on the demo's plan: from the key press until the new
 * figures stand in the page, and the projection's own part of it. Run: node bench/diversion-page.ts [key presses, 60]
 */
const presses = Number(process.argv[2] ?? 60);

const quantile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
};

const site = await openTestSite();
try {
  const { page } = await openPage(site, 'en');
  await page.getByRole('button', { name: /^Make the plan$|^Make it again$/ }).click();
  await page.getByRole('group', { name: 'Day by day', exact: true }).waitFor();
  await page.goto(`${site.url}/?lang=en#/divert`);
  await page.getByRole('button', { name: 'Add 9:00–11:00' }).click();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { answerTimes: times });
    let pressed = 0;
    window.addEventListener('keydown', () => (pressed = performance.now()), true);
    const shown = document.querySelector('[data-testid=answer-millis]');
    if (shown !== null)
      new MutationObserver(() => times.push(performance.now() - pressed)).observe(shown, {
        attributes: true,
        attributeFilter: ['data-millis'],
      });
  });
  const slider = page.getByRole('slider', { name: 'Take-up, of what is assumed' });
  const projection: number[] = [];
  for (let i = 0; i < presses; i += 1) {
    await slider.press(i % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    projection.push(Number(await page.getByTestId('answer-millis').getAttribute('data-millis')));
    await page.waitForTimeout(400);
  }
  const answers = await page.evaluate(
    () => (window as unknown as { readonly answerTimes: number[] }).answerTimes,
  );
  console.log(
    `${answers.length} answers: median ${quantile(answers, 0.5)} ms, 95th percentile ${quantile(answers, 0.95)} ms from key press to page; ` +
      `projection median ${quantile(projection, 0.5)} ms`,
  );
} finally {
  await site.close();
}
