import type { ScorecardDocument } from '../contract/documents/scorecard-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { speak } from '../words/speak.ts';

/** Weights as configured and as published totals tell them; the credit of a partly solved call. */
export const scorecardText = (document: ScorecardDocument, language: Language): string => {
  const { period, partialCredit, file } = document;
  return [
    ...(period === null ? [] : [weightsText(document, language)]),
    ...(partialCredit === null ? [] : [creditText(partialCredit, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
    ...(file === null ? [] : [language === 'en' ? `Written: ${file}` : `已写入：${file}`]),
  ].join('\n\n');
};

const weightsText = (document: ScorecardDocument, language: Language): string => {
  const { period, results, residualPoints, weights, scorecard } = document;
  const english = language === 'en';
  const heading = english
    ? `${scorecard}: weights from ${results} published results of ${period}; totals are met within ${decimal(residualPoints, 2)} points (root mean square)`
    : `${scorecard}：由 ${period} 的 ${results} 条公布结果拟合权重；与总分相差（均方根）${decimal(residualPoints, 2)} 分`;
  const table = textTable(
    english ? ['indicator', 'configured', 'fitted', '90 % interval'] : ['指标', '现用', '拟合', '90% 区间'],
    weights.map(({ name, configured, fitted, low, high }) => [
      name[language],
      percent(configured),
      percent(fitted),
      `${percent(low)}–${percent(high)}`,
    ]),
  );
  return `${heading}\n\n${table}`;
};

const creditText = (
  { configured, fitted, solved, partly, effect }: NonNullable<ScorecardDocument['partialCredit']>,
  language: Language,
): string =>
  language === 'en'
    ? `A partly solved call counts ${decimal(fitted, 4)} (configured: ${decimal(configured, 2)}): ${percent(solved, 2)} solved and ${percent(partly, 2)} partly solved make ${decimal(effect, 2)} points`
    : `部分解决按 ${decimal(fitted, 4)} 计（现用 ${decimal(configured, 2)}）：解决 ${percent(solved, 2)}、部分解决 ${percent(partly, 2)}，合为 ${decimal(effect, 2)} 分`;
