import { useMemo } from 'react';
import type { Language } from '../../kernel/text.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { figuresOf, noFigure, type Figure, type Figures } from '../../words/figures.ts';
import { firstWords } from '../../words/first-words.ts';
import { useSpeech } from '../words/words.tsx';

export { noFigure };

export interface Format extends Figures {
  readonly seconds: (value: Figure) => string;
  /** A day where there is room for it, else the weekday alone. */
  readonly axisDay: (date: string) => string;
}

/** Formats of a language for the page. */
export const formatOf = (language: Language): Format => {
  const figures = figuresOf(language);
  const weekday = (date: string): string => figures.weekday(weekdayOf(date) + 1);
  return {
    ...figures,
    seconds: (value) =>
      figures.decimal(value) === noFigure
        ? noFigure
        : firstWords['figure.seconds'][language]({ n: figures.decimal(value) }),
    axisDay: (date) => (window.innerWidth < 700 ? weekday : figures.day)(date),
  };
};

export const useFormat = (): Format => {
  const { language } = useSpeech();
  return useMemo(() => formatOf(language), [language]);
};
