import { useSyncExternalStore } from 'react';

export const pages = ['plan', 'divert', 'compare', 'rank', 'data'] as const;
export type Page = (typeof pages)[number];

export interface Place {
  readonly page: Page;
  readonly params: URLSearchParams;
}

/** Address of a page, with what it shows. */
export const placeHref = (page: Page, params: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(params).toString();
  return `#/${page}${search === '' ? '' : `?${search}`}`;
};

export const goTo = (page: Page, params: Readonly<Record<string, string>> = {}): void => {
  window.location.hash = placeHref(page, params);
};

/** The place that an address's hash names; the plan page where it names none. */
export const placeOf = (hash: string): Place => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  return { page: pages.find((page) => page === path) ?? 'plan', params: new URLSearchParams(search) };
};

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** Where the reader is. */
export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, () => window.location.hash));
