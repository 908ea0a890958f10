import { useEffect } from 'react';

/** What the focus may go to when what had it is gone: what bears a meaning of its own, from the inside out. */
const holders = '[role=dialog], form, fieldset, details, section, [role=group], main';

const holdersOf = (element: Element): HTMLElement[] => {
  const found: HTMLElement[] = [];
  for (let at = element.closest<HTMLElement>(holders); at !== null;) {
    found.push(at);
    at = at.parentElement?.closest<HTMLElement>(holders) ?? null;
  }
  return found;
};

/** Puts the focus on something that is read, not worked: it takes no turn among what Tab goes through. */
const focusHolder = (holder: HTMLElement): void => {
  if (!holder.hasAttribute('tabindex')) holder.tabIndex = -1;
  holder.focus({ preventScroll: true });
};

/**
 * Keeps the focus on the page. Where what has it goes away (a button that is pressed once, a form that is done with), the
 * browser leaves a reader by keyboard nowhere; here it goes to what stood around. Whoever clicks beside everything gives
 * it up, and it stays so.
 */
export const useFocusKept = (): void =>
  useEffect(() => {
    let last: Element | undefined;
    let around: readonly HTMLElement[] = [];
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      last = target;
      around = holdersOf(target);
    };
    const give = ({ target }: FocusEvent): void =>
      // In a moment: a browser tells of this while what is removed still stands there.
      queueMicrotask(() => {
        if (last !== undefined && target === last && last.isConnected) last = undefined;
      });
    const mend = (): void => {
      if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
      const holder = around.find((each) => each.isConnected);
      if (holder !== undefined) focusHolder(holder);
    };
    const seen = new MutationObserver(mend);
    document.addEventListener('focusin', note);
    document.addEventListener('focusout', give);
    seen.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('focusout', give);
      seen.disconnect();
    };
  }, []);
