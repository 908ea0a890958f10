import type { CDPSession } from 'playwright-core';
import { openPage, openSiteOf } from '../tests/support/test-site.ts';

/**
 * How soon the diversion page answers a slider, in a real browser on a workspace's latest plan: from the key press until
 * the new figures stand in the page, the projection's own part of it, and the page's thread time from the key press until
 * it rests (figures that come a moment later included), split by what it was spent on.
 * Run: huawu demo, then node bench/diversion-page.ts [workspace, ./huawu-workspace] [key presses, 60]
 */
const folder = process.argv[2] ?? 'huawu-workspace';
const presses = Number(process.argv[3] ?? 60);

const quantile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
};

/** Thread seconds so far of the page's main thread, by kind: what the browser itself keeps count of. */
const threadSeconds = async (session: CDPSession): Promise<Map<string, number>> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
};

const kinds = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'] as const;

const site = await openSiteOf(folder);
try {
  const { page } = await openPage(site, 'en');
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
  const session = await page.context().newCDPSession(page);
  // Time that this thread ran, not time that passed: other work on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent: Record<(typeof kinds)[number], number[]> = {
    TaskDuration: [],
    ScriptDuration: [],
    LayoutDuration: [],
    RecalcStyleDuration: [],
  };
  const untilAnswer: number[] = [];
  const slider = page.getByRole('slider', { name: 'Take-up (% of assumed)' });
  const projection: number[] = [];
  for (let i = 0; i < presses; i += 1) {
    const before = await threadSeconds(session);
    await slider.press(i % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    const answered = await threadSeconds(session);
    untilAnswer.push(1000 * ((answered.get('TaskDuration') ?? 0) - (before.get('TaskDuration') ?? 0)));
    projection.push(Number(await page.getByTestId('answer-millis').getAttribute('data-millis')));
    // What comes a moment later (sensitivities, the sheet) is done by then.
    await page.waitForTimeout(1500);
    const after = await threadSeconds(session);
    for (const kind of kinds) spent[kind].push(1000 * ((after.get(kind) ?? 0) - (before.get(kind) ?? 0)));
  }
  const answers = await page.evaluate(
    () => (window as unknown as { readonly answerTimes: number[] }).answerTimes,
  );
  console.log(
    `${answers.length} answers: median ${quantile(answers, 0.5)} ms, 95th percentile ${quantile(answers, 0.95)} ms from key press to page; ` +
      `projection median ${quantile(projection, 0.5)} ms`,
  );
  console.log(
    `thread time of the page, medians: ${quantile(untilAnswer, 0.5)} ms until the key press is answered; ` +
      `${quantile(spent.TaskDuration, 0.5)} ms until it rests, of it script ${quantile(spent.ScriptDuration, 0.5)}, ` +
      `layout ${quantile(spent.LayoutDuration, 0.5)}, style ${quantile(spent.RecalcStyleDuration, 0.5)} ms`,
  );
} finally {
  await site.close();
}
