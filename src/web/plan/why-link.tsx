import type { ReactNode } from 'react';
import { placeWith } from '../ui/use-place.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** A figure of an interval that can be asked why: opens how it comes about. */
export const WhyLink = ({ start, children }: { readonly start: string; readonly children: ReactNode }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <a className="why" href={placeWith({ at: start })} title={say('chain.ask', { at: format.moment(start) })}>
      {children}
    </a>
  );
};
