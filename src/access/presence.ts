/** Who has something open, as the others at it see them. */
interface Present {
  readonly name: string;
  readonly doing: 'looking' | 'editing';
  /** When they began to do that. */
  readonly sinceMillis: number;
}

/** A page of somebody's that says what it shows. */
interface PresentPage {
  readonly account: string;
  readonly name: string;
  /** Tells pages of one account apart. */
  readonly page: string;
}

/** Who is at what, in this process alone: nothing of it is kept, logged or told to anybody who is not there too. */
interface Presences {
  /** Notes what a page shows from now on, in place of what it showed before. */
  note(page: PresentPage, places: readonly string[], doing: Present['doing']): void;
  /** The others at any of these places, those who edit first, each once. */
  othersAt(places: readonly string[], account: string): readonly Present[];
}

/** A page says it every ten seconds; one that has not for so long is gone. */
const goneAfterMillis = 25_000;

interface Entry extends Present, PresentPage {
  readonly places: ReadonlySet<string>;
  /** On the clock that goes on evenly. */
  readonly seenAt: number;
}

/** Most pages of one account that are remembered, the ones heard of last. */
const mostPages = 20;

/** `now` dates what is shown; how long ago a page was heard of is measured by `elapsed`, which nobody sets back. */
export const createPresences = (
  now: () => number,
  elapsed: () => number = () => performance.now(),
): Presences => {
  const entries = new Map<string, Entry>();
  const forgetGone = (): void => {
    for (const [key, { seenAt }] of entries) if (elapsed() - seenAt >= goneAfterMillis) entries.delete(key);
  };
  return {
    note: (page, places, doing) => {
      forgetGone();
      const key = `${page.account} ${page.page}`;
      const before = entries.get(key);
      entries.delete(key);
      if (places.length === 0) return;
      const goesOn = before?.doing === doing && places.some((place) => before.places.has(place));
      const sinceMillis = goesOn ? before.sinceMillis : now();
      const own = [...entries].filter(([, { account }]) => account === page.account);
      for (const [oldest] of own.slice(0, Math.max(0, own.length + 1 - mostPages))) entries.delete(oldest);
      entries.set(key, { ...page, places: new Set(places), doing, sinceMillis, seenAt: elapsed() });
    },
    othersAt: (places, account) => {
      forgetGone();
      const others = new Map<string, Entry>();
      for (const entry of entries.values()) {
        if (entry.account === account || !places.some((place) => entry.places.has(place))) continue;
        if (others.get(entry.account)?.doing !== 'editing') others.set(entry.account, entry);
      }
      return [...others.values()]
        .toSorted((a, b) =>
          a.doing === b.doing ? a.sinceMillis - b.sinceMillis : a.doing === 'editing' ? -1 : 1,
        )
        .map(({ name, doing, sinceMillis }) => ({ name, doing, sinceMillis }));
    },
  };
};
