import { useSyncExternalStore } from 'react';

export const themeChoices = ['system', 'light', 'dark'] as const;
type ThemeChoice = (typeof themeChoices)[number];

const storageKey = 'huawu-theme';
const changedEvent = 'huawu-theme-changed';

const systemIsDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

const choiceNow = (): ThemeChoice => {
  const stored = window.localStorage.getItem(storageKey);
  return themeChoices.find((choice) => choice === stored) ?? 'system';
};

const isDarkNow = (): boolean =>
  choiceNow() === 'dark' || (choiceNow() === 'system' && systemIsDark().matches);

/** Puts the theme in force on the page: before anything is drawn, and whenever it changes. */
export const applyTheme = (): void => {
  document.documentElement.dataset.theme = isDarkNow() ? 'dark' : 'light';
};

/** Keeps a choice; 'system' follows the system from then on. */
export const chooseTheme = (choice: ThemeChoice): void => {
  window.localStorage.setItem(storageKey, choice);
  applyTheme();
  window.dispatchEvent(new Event(changedEvent));
};

const subscribe = (changed: () => void): (() => void) => {
  const system = systemIsDark();
  const follow = (): void => {
    applyTheme();
    changed();
  };
  system.addEventListener('change', follow);
  // A choice made in another tab holds here too.
  window.addEventListener('storage', follow);
  window.addEventListener(changedEvent, changed);
  return () => {
    system.removeEventListener('change', follow);
    window.removeEventListener('storage', follow);
    window.removeEventListener(changedEvent, changed);
  };
};

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, choiceNow);

/** Whether the page is dark now, by choice or by the system. */
export const useDark = (): boolean => useSyncExternalStore(subscribe, isDarkNow);

/** Whether the screen is as some media query says. */
const screenOf = (asked: string) => {
  const query = (): MediaQueryList => window.matchMedia(asked);
  return {
    onChange: (changed: () => void): (() => void) => {
      const own = query();
      own.addEventListener('change', changed);
      return () => own.removeEventListener('change', changed);
    },
    now: (): boolean => query().matches,
  };
};

const narrow = screenOf('(max-width: 600px)');
const wide = screenOf('(min-width: 1900px)');

/** Whether the page stands on a screen as narrow as a phone's. */
export const useNarrow = (): boolean => useSyncExternalStore(narrow.onChange, narrow.now);

/** Whether there is room for two columns, each as wide as a page. */
export const useWide = (): boolean => useSyncExternalStore(wide.onChange, wide.now);
