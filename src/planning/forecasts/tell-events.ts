import type { EventRecord } from '../../kernel/records.ts';
import { oneOrMany } from '../../kernel/one-or-many.ts';
import { text, type Text } from '../../kernel/text.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';

const mostNamed = 5;
/** Days after which a fading event is as good as over: seven halvings leave under a hundredth. */
const halvings = 7;

/**
 * Says which stored events have a part in forecasts of days up to `lastDate` from a history since `firstDate`: those
 * behind teach their kind, those ahead move the days that they cover. Nothing where there are none.
 */
export const tellEvents = (
  events: readonly EventRecord[],
  firstDate: PlainDate,
  lastDate: PlainDate,
): readonly Text[] => {
  const over = ({ date, end, decayDays }: EventRecord): PlainDate =>
    addDays(end ?? date, Math.ceil(halvings * (decayDays ?? 0)));
  const taken = events.filter((event) => event.date <= lastDate && over(event) >= firstDate);
  if (taken.length === 0) return [];
  const named = [...taken]
    .sort((a, b) => (a.date < b.date ? 1 : -1))
    .slice(0, mostNamed)
    .map(({ date, end, label }) => `${date}${end === undefined || end === date ? '' : `–${end}`} ${label}`);
  const more = taken.length - named.length;
  return [
    text(
      `预测已计入工作区里的 ${taken.length} 个事件：${named.join('、')}${more > 0 ? `等` : ''}`,
      `The forecast takes in ${taken.length} stored ${oneOrMany(taken.length, 'event', 'events')}: ${named.join('; ')}${more > 0 ? ` and ${more} earlier` : ''}`,
    ),
  ];
};
