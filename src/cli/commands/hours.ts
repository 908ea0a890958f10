import type { Command } from 'commander';
import type { HoursDocument } from '../../contract/documents/hours-document.ts';
import { weeklyHours } from '../../kernel/weekly-hours.ts';
import { inEveryLanguage } from '../../words/speak.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addHoursCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('hours')
    .summary('when the line is open: as stated, and as the data show')
    .option('--keep', 'write the hours that the data show to models/hotline.json')
    .action(run(answerHours));
};

const answerHours = async (context: CliContext, { keep }: { readonly keep?: boolean }): Promise<void> => {
  const { lineHours } = await import('../../planning/forecasts/line-hours.ts');
  const document = await withWorkspace(context, (ports) => lineHours(ports, { keep: keep === true }));
  context.answer(document, () => hoursText(document)[context.lang]);
};

const hoursText = ({ source, week, learnt, kept }: HoursDocument): Text => {
  const inUse = inEveryLanguage(weeklyHours(week), 'terminal');
  const shown = inEveryLanguage(weeklyHours(learnt), 'terminal');
  if (kept)
    return text(
      `已写入 models/hotline.json：${shown['zh-CN']}`,
      `Written to models/hotline.json: ${shown.en}`,
    );
  return source === 'learnt'
    ? text(
        `models/hotline.json 未写明开放时间，从数据学得：${shown['zh-CN']}\n写入：huawu hours --keep`,
        `models/hotline.json states no opening hours; learnt from the data: ${shown.en}\nTo write them there: huawu hours --keep`,
      )
    : text(
        `models/hotline.json 写明：${inUse['zh-CN']}\n数据显示：${shown['zh-CN']}\n以数据为准写入：huawu hours --keep`,
        `Stated in models/hotline.json: ${inUse.en}\nThe data show: ${shown.en}\nTo write what the data show: huawu hours --keep`,
      );
};
