import { useEffect, useRef, useSyncExternalStore } from 'react';

export const pages = [
  'lines',
  'plan',
  'roster',
  'today',
  'divert',
  'compare',
  'rank',
  'data',
  'settings',
  'members',
  'account',
] as const;
export type Page = (typeof pages)[number];

interface Place {
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

/** What holds the reader: of each place whether their unsaved work would still be there. */
const holds = new Set<(to: Place) => boolean>();
/** The address that is shown; undefined before anything listens. */
let shown: string | undefined;
/** Where the reader wants to go while they are held, and the step that takes them there. */
let asked: { readonly go: () => void } | undefined;
/** Where the reader has agreed to leave for: work that is held again before the address changes asks no second time. */
let agreed: string | undefined;
const heard = new Set<() => void>();

const tellAll = (): void => {
  for (const tell of heard) tell();
};

/** Follows the address, or, where unsaved work would be gone there, puts it back and asks. */
const follow = (): void => {
  const next = window.location.hash;
  if (next === shown) return;
  const to = placeOf(next);
  if (next !== agreed && [...holds].some((keeps) => !keeps(to))) {
    window.history.replaceState(null, '', shown === '' ? window.location.pathname : shown);
    asked = {
      go: () => {
        agreed = next;
        window.location.hash = next;
      },
    };
  } else {
    shown = next;
    agreed = undefined;
  }
  tellAll();
};

const subscribe = (changed: () => void): (() => void) => {
  if (heard.size === 0) {
    shown = window.location.hash;
    window.addEventListener('hashchange', follow);
  }
  heard.add(changed);
  return () => {
    heard.delete(changed);
    if (heard.size === 0) window.removeEventListener('hashchange', follow);
  };
};

/** Holds the reader where they are until it is let go: `keeps` says of a place whether unsaved work is still there. */
const holdPlace = (keeps: (to: Place) => boolean): (() => void) => {
  holds.add(keeps);
  return () => void holds.delete(keeps);
};

/** Whether there is unsaved work. */
export const isHeld = (): boolean => holds.size > 0;

/** Does what makes unsaved work go; where there is any, after asking. */
export const confirmLeaving = (go: () => void): void => {
  const here = placeOf(window.location.hash).page;
  // Another page: on its own, work may still be there under any address.
  const elsewhere = placeOf(placeHref(here === 'account' ? 'lines' : 'account'));
  if (![...holds].some((keeps) => !keeps(elsewhere))) return go();
  asked = { go };
  return tellAll();
};

/** The reader stays. */
export const cancelLeaving = (): void => {
  asked = undefined;
  tellAll();
};

/** The reader goes on, and leaves what is not saved. */
export const proceedLeaving = (): void => {
  const go = asked?.go;
  asked = undefined;
  holds.clear();
  tellAll();
  go?.();
};

/** Whether the reader is being asked. */
export const useAsked = (): boolean => useSyncExternalStore(subscribe, () => asked !== undefined);

/** Where the reader is. */
export const usePlace = (): Place =>
  placeOf(useSyncExternalStore(subscribe, () => shown ?? window.location.hash));

/**
 * Asks before unsaved work goes: the browser, where the page is closed or read again; and this app, where the reader goes
 * to a place at which the work would be gone. `keeps` says of a place whether the work is still there; left out: it is
 * everywhere, and shows again where it was written. `isUnsaved` is asked at that moment, where it costs to know.
 */
export const useUnsaved = (
  isChanged: boolean,
  keeps: (to: Place) => boolean = () => true,
  isUnsaved: () => boolean = () => true,
): void => {
  const latest = useRef({ keeps, isUnsaved });
  useEffect(() => {
    latest.current = { keeps, isUnsaved };
  });
  useEffect(() => {
    if (!isChanged) return undefined;
    const ask = (event: BeforeUnloadEvent): void => {
      if (latest.current.isUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    const letGo = holdPlace((to) => latest.current.keeps(to) || !latest.current.isUnsaved());
    return () => {
      window.removeEventListener('beforeunload', ask);
      letGo();
    };
  }, [isChanged]);
};
