import { text, type Text } from '../../kernel/text.ts';

/** Whom a prompt is played to, in words; 0 seconds: everyone. */
export const audienceTold = (waitAboveSeconds = 0): Text =>
  waitAboveSeconds > 0
    ? text(`预计等候超过 ${waitAboveSeconds} 秒的来电人`, `callers who would wait over ${waitAboveSeconds} s`)
    : text('所有来电人', 'everyone');
