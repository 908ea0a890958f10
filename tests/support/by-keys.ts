import type { Locator, Page } from 'playwright-core';

/** Where the focus is, and what is wrong with it for somebody who sees the page and has no mouse. */
export interface Focus {
  /** What has it, in a few words. */
  readonly on: string;
  /** The number of the dialog that it is in, among those of the page; −1 outside them. */
  readonly dialog: number;
  readonly fault: string | null;
}

/** In the browser: the focus as somebody sees it. */
const focusNow = (): Focus => {
  const at = document.activeElement;
  if (at === null || at === document.body || at === document.documentElement)
    return { on: 'nothing', dialog: -1, fault: 'the focus is lost' };
  const on = `<${at.tagName.toLowerCase()} class="${at.getAttribute('class') ?? ''}"> ${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 50)}`;
  const dialogs = [...document.querySelectorAll('[role=dialog]')];
  const dialog = dialogs.findIndex((each) => each.contains(at));
  const around = [
    at,
    at.parentElement,
    at.parentElement?.parentElement,
    at.closest('.ant-select, .ant-input-affix-wrapper, .ant-picker'),
  ];
  const near = [...around, ...(at.parentElement?.children ?? [])].filter(
    (each) => each instanceof HTMLElement,
  );
  const isField = at.matches('input:not([type=checkbox], [type=radio]), textarea, [role=combobox]');
  const isRinged = near.some((each) =>
    [null, '::after'].some((part) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each, part);
      const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      return isOutlined || ((isField || part !== null) && boxShadow !== 'none');
    }),
  );
  const box = at.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right < left || bottom < top) return { on, dialog, fault: 'the focus is out of sight' };
  const upper = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isCovered =
    upper !== null &&
    !at.contains(upper) &&
    !upper.contains(at) &&
    upper.closest('label')?.contains(at) !== true &&
    !(at.parentElement?.contains(upper) ?? false);
  if (isCovered) return { on, dialog, fault: `the focus is covered by ${upper.tagName} ${upper.className}` };
  return { on, dialog, fault: isRinged ? null : 'the focus is not to be seen' };
};

/** What somebody does with a keyboard alone: after each key the focus is somewhere, and in sight. */
export const byKeys = (page: Page) => {
  const focus = (): Promise<Focus> => page.evaluate(focusNow);
  const kept = async (key = 'that'): Promise<void> => {
    const until = Date.now() + 4000;
    for (;;) {
      const { on, fault } = await focus();
      if (fault === null) return;
      if (Date.now() > until) throw new Error(`after ${key}: ${fault}: ${on}`);
      await page.waitForTimeout(30);
    }
  };
  /** A key; what it sets going has a moment to put the focus where it belongs. */
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    // Behind the last place the browser's own come, and then the first of the page, or of the dialog.
    if (key.endsWith('Tab') && (await focus()).on === 'nothing') await page.keyboard.press(key);
    await kept(key);
  };
  const isAt = (place: Locator): Promise<boolean> =>
    place.evaluateAll((found) => found.some((each) => each === document.activeElement));
  /** Tab, or Shift+Tab, until the focus is there. */
  const tabTo = async (place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 150): Promise<void> => {
    await place.first().waitFor();
    for (let i = 0; !(await isAt(place)); i += 1) {
      if (i === most)
        throw new Error(
          `not reached in ${most} × ${key}: ${String(place)}; the focus is on ${(await focus()).on}`,
        );
      await press(key);
    }
  };
  return {
    press,
    tabTo,
    /** Once what was set going is done: the focus is still somewhere, and in sight. */
    kept,
    focus,
    /** Tabs there and presses Enter. */
    enter: async (place: Locator): Promise<void> => {
      await tabTo(place);
      await press('Enter');
    },
    /** Types over what a field holds. */
    type: async (text: string): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    isAt,
  };
};
