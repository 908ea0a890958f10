import { useSyncExternalStore } from 'react';

export const pages = [
  'lines',
  'plan',
  'roster',
  'divert',
  'compare',
  'rank',
  'data',
  'settings',
  'members',
  'account',
] as const;
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

/** The address of where the reader is with some of what it shows changed; undefined takes it out. */
export const placeWith = (changes: Readonly<Record<string, string | undefined>>): string => {
  const { page, params } = placeOf(window.location.hash);
  const kept = [...params].filter(([name]) => !(name in changes));
  const added = Object.entries(changes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return placeHref(page, Object.fromEntries([...kept, ...added]) as Record<string, string>);
};

export const changePlace = (changes: Readonly<Record<string, string | undefined>>): void => {
  window.location.hash = placeWith(changes);
};

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** Where the reader is. */
export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, () => window.location.hash));
