import { useLayoutEffect } from 'react';

/** How long nothing is pressed after it moved: longer than a finger that was on its way takes. */
const steadyMillis = 700;
const moved = 4;

type Places = ReadonlyMap<string, readonly [x: number, y: number]>;

const buttonsNow = (): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('main .steady button:not([aria-hidden])'),
];
const doesWhat = (button: HTMLElement): string => button.ariaLabel ?? button.textContent;

/** What can be pressed, by what it does, and where it stands. */
const placesOf = (buttons: readonly HTMLElement[]): Places =>
  new Map(
    buttons.map((button) => {
      const { left, top } = button.getBoundingClientRect();
      return [doesWhat(button), [left, top]];
    }),
  );

/** What stands where it did not, and where something else was, or was pushed from its place. */
export const movedOf = (before: Places, after: Places): string[] => {
  const near = ([x, y]: readonly [number, number], [a, b]: readonly [number, number]): boolean =>
    Math.abs(x - a) <= moved && Math.abs(y - b) <= moved;
  return [...after].flatMap(([does, place]) => {
    const was = before.get(does);
    const stood =
      was === undefined ? ![...before.values()].some((own) => near(own, place)) : near(was, place);
    return stood ? [] : [does];
  });
};

/** What a drawing moves waits for a moment, and looks so: what a second press was meant for stood elsewhere. */
export const useSteady = (): void => {
  const before = placesOf(buttonsNow());
  useLayoutEffect(() => {
    const buttons = buttonsNow();
    const those = new Set(movedOf(before, placesOf(buttons)));
    const at = `${performance.now()}`;
    for (const { dataset } of buttons.filter((button) => those.has(doesWhat(button)))) {
      dataset['moved'] = at;
      setTimeout(() => dataset['moved'] === at && delete dataset['moved'], steadyMillis);
    }
  });
};
