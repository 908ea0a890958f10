import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { wordsThere } from '../words/load-words.ts';

/** A component whose code and words are fetched when it is first shown, or earlier where `ahead` is called. */
export interface Later<Props> {
  (props: Props): ReactNode;
  readonly ahead: () => Promise<void>;
}

/**
 * Makes a component of a part of the page that comes later. React's own `lazy` shows what takes its place for at least
 * 300 ms once it has shown it at all; this shows the part as soon as it is there, and at once where it was fetched ahead.
 * A part that does not load throws where it is shown, for the error boundary around it.
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): Later<Props> => {
  let View: ComponentType<Props> | undefined;
  const ahead = async (): Promise<void> => {
    const loaded = await load();
    await wordsThere();
    View ??= loaded;
  };
  const Part = (props: Props): ReactNode => {
    const [broken, setBroken] = useState<{ readonly by: unknown }>();
    const [, setThere] = useState(View !== undefined);
    useEffect(() => {
      if (View === undefined)
        ahead().then(
          () => setThere(true),
          (error: unknown) => setBroken({ by: error }),
        );
    }, []);
    if (broken !== undefined) throw broken.by;
    return View === undefined ? meanwhile : <View {...props} />;
  };
  return Object.assign(Part, { ahead });
};
