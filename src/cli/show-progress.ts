import type { Progress } from '../kernel/ports.ts';
import type { Language, Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';

/** What the steps of the use cases are called. */
export const stepNames: Readonly<Record<string, Text>> = {
  forecast: text('预测来电', 'forecasting'),
  requirement: text('计算所需座席', 'working out operators'),
  operators: text('增减一人', 'one operator more or less'),
  curve: text('计算各比例的代价', 'pricing rates'),
  assumptions: text('比较各项假设', 'comparing assumptions'),
  shifts: text('排班', 'making shifts'),
  prompts: text('选择分流提示', 'choosing prompts'),
  projection: text('推算结果', 'projecting'),
  proof: text('仿真验证', 'proving it by simulation'),
  baseline: text('推算现状', 'projecting the plan as it is'),
  scenario: text('推算情景', 'projecting the scenario'),
  'take-up': text('学习采纳率', 'learning take-up'),
  effect: text('计算效果', 'working out the effect'),
  sensitivities: text('检验敏感程度', 'trying what may turn out otherwise'),
  reasons: text('写明理由', 'telling the reasons'),
  levers: text('比较各项措施', 'comparing levers'),
  mix: text('寻找最佳组合', 'finding the best mix'),
  simulation: text('模拟验证', 'proving it by simulation'),
  actual: text('读取实际数据', 'reading what happened'),
  causes: text('分解原因', 'finding causes'),
  learnt: text('总结本周的经验', 'learning from the week'),
  demo: text('生成演示数据', 'making up the demo hotline'),
  done: text('完成', 'done'),
};

/**
 * Progress on stderr: one line drawn over itself on a terminal, else one line per step. Nothing comes on
 * stdout.
 */
export const showProgress = (terminal: Terminal, language: Language): Progress => {
  let shown = '';
  return (done, step) => {
    const name = step === undefined ? '' : (stepNames[step]?.[language] ?? step);
    if (terminal.interactive) {
      const line = `${String(Math.round(100 * done)).padStart(3)} % ${name}`;
      terminal.err(done >= 1 ? '\r\u001B[K' : `\r\u001B[K${line}`);
    } else if (name !== '' && name !== shown && done < 1) {
      shown = name;
      terminal.err(`${name} …\n`);
    }
  };
};
