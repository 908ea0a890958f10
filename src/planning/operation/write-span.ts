import { untranslated } from '../../kernel/text.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { PromptSpan } from '../../contract/documents/prompt-span.ts';
import type { PromptSpanChoice } from '../../diversion/choose-prompts.ts';
import { clockText } from '../../kernel/time-window.ts';
import type { WeekHorizon } from './week-horizon.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A chosen prompt as documents show it: names, local clock times and words. */
export const writeSpan = (span: PromptSpanChoice, catalogue: PromptsModel, week: WeekHorizon): PromptSpan => {
  const entry = catalogue.prompts.find((prompt) => prompt.prompt === span.prompt);
  return {
    prompt: span.prompt,
    name: entry?.name ?? untranslated(span.prompt),
    kind: entry?.kind ?? 'online-channel',
    queue: span.queue,
    date: week.dates[valueAt(week.day, span.from)] ?? week.firstDate,
    from: (week.starts[span.from] ?? '').slice(11),
    to: clockText((valueAt(week.slot, span.to - 1) + 1) * week.horizon.intervalMinutes),
    announcement: span.announcement,
    announcementSeconds: span.announcementSeconds,
    ...(span.waitAboveSeconds > 0 ? { waitAboveSeconds: span.waitAboveSeconds } : {}),
    callersDiverted: span.callersDiverted,
  };
};
