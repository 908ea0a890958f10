import type { LabourRule, LabourRuleCode } from '../../contract/models/labour-rules-model.ts';
import { countRules } from './count-rules.ts';
import { crewRules } from './crew-rules.ts';
import { dayRules } from './day-rules.ts';
import { hourRules } from './hour-rules.ts';
import { orderRules } from './order-rules.ts';
import type { RuleUnit } from './rule-scene.ts';

const ruleUnits: { readonly [Code in LabourRuleCode]: RuleUnit<Code> } = {
  ...dayRules,
  ...orderRules,
  ...countRules,
  ...hourRules,
  ...crewRules,
};

/**
 * What a rule is made of: what the search is told of it (`line`, `crew`), and how the evaluator judges it, which shares
 * no line with that.
 */
export const unitOf = ({ rule }: LabourRule): RuleUnit<LabourRuleCode> =>
  ruleUnits[rule] as RuleUnit<LabourRuleCode>;
