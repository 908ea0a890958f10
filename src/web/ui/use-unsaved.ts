import { useEffect, useRef } from 'react';
import { holdPlace, type Place } from './use-place.ts';

/**
 * Asks before unsaved work goes: the browser, where the page is closed or read anew; and this app, where the reader goes
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
