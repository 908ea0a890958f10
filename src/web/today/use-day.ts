import { useCallback, useEffect, useRef, useState } from 'react';
import type { DayDocument } from '../../contract/documents/day-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import { restStart } from '../../kernel/time-window.ts';
import { apiAddress, callApi } from '../api/call-api.ts';
import { type Loaded, useLoad } from '../api/use-load.ts';
import { besideOlder } from './acted.ts';

interface DayLoad {
  readonly day: Loaded<DayDocument>;
  /** Rows have come since what can be done was worked out. */
  readonly isBehind: boolean;
  /** Why it could not be loaded again; what was known stands meanwhile. */
  readonly problem: ProblemDetails | undefined;
  /** How often each part has been answered. */
  readonly answered: Readonly<Record<DayPartName, number>>;
  readonly loadPart: Readonly<Record<DayPartName, () => void>>;
  readonly load: () => void;
}

type DayPartName = 'picture' | 'whole';

/** A day, of which the picture comes first; until what can be done follows, it stands beside that of the moment before. */
export const useDay = (asOf: string | undefined): DayLoad => {
  const query = asOf === undefined ? {} : { asOf };
  const [answered, setAnswered] = useState({ picture: 0, whole: 0 });
  const ask = (part: DayPartName) => (signal: AbortSignal) =>
    callApi('day', { query: part === 'whole' ? query : { ...query, part }, signal }).finally(() => {
      if (!signal.aborted) setAnswered((before) => ({ ...before, [part]: before[part] + 1 }));
    });
  const [picture, loadPicture] = useLoad(`picture of day/${asOf ?? ''}`, ask('picture'));
  const [whole, loadWhole] = useLoad(`day/${asOf ?? ''}`, ask('whole'));
  const load = useCallback(() => {
    loadPicture();
    loadWhole();
  }, [loadPicture, loadWhole]);
  const day = newest(picture, whole, asOf);
  // A refusal says more than that nobody answered before.
  const [problem] = [whole, picture]
    .flatMap((part) => ('problem' in part ? [part.problem] : []))
    .toSorted((one, other) => other.status - one.status);
  return {
    // What went wrong is told over the page, not over its part.
    day: day.state === 'ready' ? { state: 'ready', value: day.value } : day,
    isBehind: day.state === 'ready' && whole.state === 'ready' && rowsOf(whole.value) !== rowsOf(day.value),
    problem: day.state === 'ready' ? problem : undefined,
    answered,
    loadPart: { picture: loadPicture, whole: loadWhole },
    load,
  };
};

/** How far behind the news what can be done may be. */
const mostBehindMillis = 60_000;
const momentOf = (day: DayDocument): string => `${restStart(day)} ${rowsOf(day)}`;
const knownUntil = ({ asOf, lastRow }: DayDocument): string => `${asOf} ${lastRow ?? ''}`;

/** Of a day's two answers what is shown: the figures that are newer, with what can be done. */
export const newest = (
  picture: Loaded<DayDocument>,
  whole: Loaded<DayDocument>,
  asked: string | undefined,
): Loaded<DayDocument> => {
  if (picture.state !== 'ready') return whole;
  if (whole.state !== 'ready') return picture;
  // What was to be done before somebody acted stays where it is read, and is not to be taken any more.
  if (picture.value.date === whole.value.date && picture.value.revision > whole.value.revision)
    return { state: 'ready', value: { ...picture.value, actions: whole.value.actions } };
  // Within an interval one answer stands as long as the next is on its way, for a minute or so.
  const behind = Date.parse(`${picture.value.asOf}Z`) - Date.parse(`${whole.value.asOf}Z`);
  const orderOf = whole.problem !== undefined || behind > mostBehindMillis ? knownUntil : momentOf;
  // Of a moment that was asked for both are the same.
  const isNewer = asked === undefined && orderOf(picture.value) > orderOf(whole.value);
  return isNewer ? { state: 'ready', value: besideOlder(picture.value, whole.value) } : whole;
};

/**
 * A way to ask again that takes never more than a quarter of the time: what is asked for meanwhile is asked once that is
 * over. `answered` changes whenever an answer has come.
 */
const useTurns = (answered: number, load: () => void): (() => void) => {
  const turn = useRef({ begun: performance.now(), nextFrom: 0, isAsking: true, isNew: false });
  const ask = useCallback(() => {
    const own = turn.current;
    if (own.isAsking || !own.isNew) return;
    own.isAsking = true;
    setTimeout(
      () => {
        Object.assign(own, { begun: performance.now(), isNew: false });
        load();
      },
      Math.max(0, own.nextFrom - performance.now()),
    );
  }, [load]);
  useEffect(() => {
    const own = turn.current;
    const now = performance.now();
    Object.assign(own, { isAsking: false, nextFrom: now + 3 * (now - own.begun) });
    ask();
  }, [answered, ask]);
  return useCallback(() => {
    turn.current.isNew = true;
    ask();
  }, [ask]);
};

/** How soon a server that closed the line is called again. */
const callAgainMillis = 3000;

/**
 * Asks again when the server says that the day has changed, and when it can be heard again after it could not: for the
 * picture at once, however long what can be done takes. False while the server cannot be heard.
 */
export const useNews = (isWanted: boolean, { answered, loadPart }: DayLoad): boolean => {
  const [isHeard, setHeard] = useState(true);
  const askPicture = useTurns(answered.picture, loadPart.picture);
  const askWhole = useTurns(answered.whole, loadPart.whole);
  useEffect(() => {
    if (!isWanted) return undefined;
    let seen: string | undefined;
    let isLost = false;
    let events: EventSource | undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    const changed = ({ data }: MessageEvent<string>): void => {
      setHeard(true);
      if (isLost || (seen !== undefined && seen !== data)) {
        askPicture();
        askWhole();
      }
      isLost = false;
      seen = data;
    };
    const listen = (): void => {
      const own = new EventSource(apiAddress('dayEvents'));
      events = own;
      own.addEventListener('changed', changed);
      own.addEventListener('error', () => {
        isLost = true;
        setHeard(false);
        // Refused, a browser does not try again by itself, nor say why: an answer does.
        if (own.readyState !== EventSource.CLOSED) return;
        later = setTimeout(listen, callAgainMillis);
        askPicture();
      });
    };
    listen();
    return () => {
      clearTimeout(later);
      events?.close();
    };
  }, [isWanted, askPicture, askWhole]);
  return isHeard;
};

/** Start of the interval that the last row is in: one that fills up row by row makes nothing that can be done outdated. */
const rowsOf = ({ lastRow, intervals }: DayDocument): string => restStart({ asOf: lastRow ?? '', intervals });
