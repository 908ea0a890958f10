import { useLayoutEffect } from 'react';

/** How long nothing is pressed after it moved: longer than a finger that was on its way takes. */
const steadyMillis = 700;
const moved = 4;

type Places = ReadonlyMap<string, readonly [x: number, y: number]>;

/** What can be pressed, by what it does, and where it stands. */
const placesNow = (): Places =>
  new Map(
    [...document.querySelectorAll<HTMLElement>('main .steady button:not([aria-hidden])')].map((button) => {
      const { left, top } = button.getBoundingClientRect();
      return [button.ariaLabel ?? button.textContent, [left, top]] as const;
    }),
  );

/** Whether something stands where it did not, and where something else was, or was pushed from its place. */
export const haveMoved = (before: Places, after: Places): boolean => {
  const near = ([x, y]: readonly [number, number], [a, b]: readonly [number, number]): boolean =>
    Math.abs(x - a) <= moved && Math.abs(y - b) <= moved;
  return [...after].some(([does, place]) => {
    const was = before.get(does);
    return was === undefined ? [...before.values()].some((own) => near(own, place)) : !near(was, place);
  });
};

let settled: ReturnType<typeof setTimeout> | undefined;

/** Where a drawing moves what can be pressed, nothing is for a moment: what a second press was meant for stood elsewhere. */
export const useSteady = (): void => {
  const before = placesNow();
  useLayoutEffect(() => {
    if (!haveMoved(before, placesNow())) return;
    const { classList } = document.documentElement;
    classList.add('moved');
    clearTimeout(settled);
    settled = setTimeout(() => classList.remove('moved'), steadyMillis);
  });
};
