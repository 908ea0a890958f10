import type { Language } from '../kernel/text.ts';
import { numberIn } from './figures.ts';

/** A time of a call as people say it: '4 min 12 s', '4 分 12 秒'; what is under a minute in seconds. */
export const minutesAndSeconds = (seconds: number, language: Language): string => {
  const [minute, second] = language === 'en' ? [' min ', ' s'] : [' 分 ', ' 秒'];
  if (seconds < 59.5) return `${numberIn(language, seconds, seconds < 10 ? 1 : 0)}${second}`;
  const whole = Math.round(seconds);
  return `${numberIn(language, Math.floor(whole / 60), 0)}${minute}${whole % 60}${second}`;
};
