import { useContext, useMemo } from 'react';
import type { Language } from '../../kernel/text.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { figuresOf, noFigure, type Figure, type Figures } from '../../words/figures.ts';
import { firstWords } from '../../words/first-words.ts';
import { useSpeech, ZoneContext } from '../words/words.tsx';

export { noFigure };

export interface Format extends Figures {
  readonly seconds: (value: Figure) => string;
  /** A day where there is room for it, else the weekday alone. */
  readonly axisDay: (date: string) => string;
}

/** Formats of a language for the page, moments in a time zone. */
export const formatOf = (language: Language, zone?: string): Format => {
  const figures = figuresOf(language);
  const weekday = (date: string): string => figures.weekday(weekdayOf(date) + 1);
  return {
    ...figures,
    instant: (instant, own = zone) => figures.instant(instant, own),
    seconds: (value) =>
      figures.decimal(value) === noFigure
        ? noFigure
        : firstWords['figure.seconds'][language]({ n: figures.decimal(value) }),
    axisDay: (date) => (window.innerWidth < 700 ? weekday : figures.day)(date),
  };
};

export const useFormat = (): Format => {
  const { language } = useSpeech();
  const zone = useContext(ZoneContext);
  return useMemo(() => formatOf(language, zone), [language, zone]);
};
