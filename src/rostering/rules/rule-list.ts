import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { crewRules } from './crew-rules.ts';
import { countRules } from './count-rules.ts';
import { dayRules } from './day-rules.ts';
import { hourRules } from './hour-rules.ts';
import { orderRules } from './order-rules.ts';
import type { CrewRule, LineDraft, RuleScene } from './rule-scene.ts';

/** What a rule tells the search: its part of a person's line, or how it binds people together. */
type RuleUnit<Code extends LabourRuleCode> =
  | { readonly line: (rule: LabourRuleOf<Code>, draft: LineDraft) => void }
  | { readonly crew: (rule: LabourRuleOf<Code>, scene: RuleScene) => readonly CrewRule[] };

/** Every rule that there is, by its code. */
export const ruleUnits: { readonly [Code in LabourRuleCode]: RuleUnit<Code> } = {
  ...dayRules,
  ...orderRules,
  ...countRules,
  ...hourRules,
  ...crewRules,
};

const bindsPerson = (rule: LabourRule, person: string): boolean =>
  rule.people === undefined || rule.people.includes(person);

/** Adds all rules that bind this person to their line. */
export const draftRules = (rules: readonly LabourRule[], draft: LineDraft): void => {
  for (const rule of rules) {
    if (!bindsPerson(rule, draft.person.person)) continue;
    const unit = ruleUnits[rule.rule] as RuleUnit<typeof rule.rule>;
    if ('line' in unit) unit.line(rule, draft);
  }
};

export const crewRulesOf = (rules: readonly LabourRule[], scene: RuleScene): readonly CrewRule[] =>
  rules.flatMap((rule) => {
    const unit = ruleUnits[rule.rule] as RuleUnit<typeof rule.rule>;
    return 'crew' in unit ? unit.crew(rule, scene) : [];
  });
