import type { LabourRule } from '../contract/models/labour-rules-model.ts';
import { type CoverCost, createCoverCost } from './cover-cost.ts';
import { type LineAutomaton, type LineModel, lineModelOf, productOf } from './line/line-model.ts';
import type { Assignment, Roster, RosterPerson, RosterProblem } from './roster-problem.ts';
import type { CrewRule, LineDraft, RuleScene } from './rules/rule-scene.ts';
import { unitOf } from './rules/rule-units.ts';

const bindsPerson = (rule: LabourRule, person: string): boolean =>
  rule.people === undefined || rule.people.includes(person);

/** Adds all rules that bind this person to their line. */
const draftRules = (rules: readonly LabourRule[], draft: LineDraft): void => {
  for (const rule of rules) {
    if (!bindsPerson(rule, draft.person.person)) continue;
    const unit = unitOf(rule);
    if ('line' in unit) unit.line(rule, draft);
  }
};

const crewRulesOf = (rules: readonly LabourRule[], scene: RuleScene): readonly CrewRule[] =>
  rules.flatMap((rule) => {
    const unit = unitOf(rule);
    return 'crew' in unit ? unit.crew(rule, scene) : [];
  });

/** A roster's problem as the search sees it: a line model per person, and what the people of a day cover together. */
export interface RosterModel {
  readonly days: number;
  readonly options: number;
  readonly lines: readonly LineModel[];
  readonly cover: CoverCost;
  readonly crews: readonly CrewRule[];
}

export const rosterModelOf = (problem: RosterProblem): RosterModel => {
  const scene = sceneOf(problem);
  const machines = new Map<string, LineAutomaton>();
  const joined = new Map<string, LineAutomaton>();
  const lines = problem.people.map((person) => lineOf(person, scene, machines, joined));
  return {
    days: scene.days,
    options: scene.options,
    lines,
    cover: createCoverCost(problem),
    crews: crewRulesOf(problem.rules, scene),
  };
};

const lineOf = (
  person: RosterPerson,
  scene: RuleScene,
  machines: Map<string, LineAutomaton>,
  joined: Map<string, LineAutomaton>,
): LineModel => {
  const { days, options } = scene;
  const keys: string[] = [];
  const cell = new Float64Array(days * options);
  const charge = (day: number, option: number, price: number): void => {
    cell[day * options + option] = (cell[day * options + option] as number) + price;
  };
  const draft: LineDraft = {
    scene,
    person,
    cell,
    tallies: [],
    automata: [],
    summed: new Set(),
    charge,
    machine: (rule, make) => {
      const started = `${scene.asSaid.get(rule)} ${person.before.join()}`;
      const machine = machines.get(started) ?? afterDaysBefore(make(), person, scene);
      machines.set(started, machine);
      keys.push(started);
      draft.automata.push(machine);
    },
  };
  draftRules(scene.problem.rules, draft);
  if (person.tiers.length === 0)
    for (let day = 0; day < days; day += 1)
      for (let option = 1; option < options; option += 1) charge(day, option, Infinity);
  const join = (automata: readonly LineAutomaton[]): LineAutomaton => {
    const key = keys.join('|');
    const known = joined.get(key) ?? productOf(automata, options);
    joined.set(key, known);
    return known;
  };
  const { automata, tallies } = draft;
  return lineModelOf({ days, options, cell, automata, weekEnds: scene.isWeekEnd, tallies }, join);
};

/** The machine, started where the days before the period have led it. What they broke is not held against them. */
const afterDaysBefore = (
  machine: LineAutomaton,
  { before }: RosterPerson,
  { problem, options }: RuleScene,
): LineAutomaton => {
  const firstWeekday = problem.days[0]?.weekday ?? 1;
  let state = machine.start;
  for (const [index, shift] of before.entries()) {
    const weekday = ((((firstWeekday - 1 - (before.length - index)) % 7) + 7) % 7) + 1;
    state = (machine.followed ?? machine.next)[state * options + shift + 1] as number;
    if (weekday === 7) state = machine.atWeekEnd?.[state] ?? state;
  }
  return { ...machine, start: state };
};

/** The roster of a search's lines: who is on duty, in the tier in which the cover costs least. */
export const rosterOfLines = (model: RosterModel, lines: ArrayLike<number>): Roster => {
  const { days, cover } = model;
  const { shifts, tiers, groups, groupOf } = cover;
  const roster: Assignment[] = [];
  for (let day = 0; day < days; day += 1) {
    for (let shift = 0; shift < shifts; shift += 1) {
      const onDuty: number[] = [];
      for (let person = 0; person < model.lines.length; person += 1)
        if (lines[person * days + day] === shift + 1) onDuty.push(person);
      if (onDuty.length === 0) continue;
      const counts = new Int32Array(groups);
      for (const person of onDuty) {
        const group = groupOf[person] as number;
        counts[group] = (counts[group] as number) + 1;
      }
      const served = cover.assign(day * shifts + shift, counts, 0);
      for (const person of onDuty) {
        const group = groupOf[person] as number;
        let tier = 0;
        while (tier < tiers - 1 && (served[group * tiers + tier] as number) === 0) tier += 1;
        served[group * tiers + tier] = (served[group * tiers + tier] as number) - 1;
        roster.push({ person, day, shift, tier });
      }
    }
  }
  return roster.sort((a, b) => a.person - b.person || a.day - b.day);
};

/** A roster's lines for the search; a second duty on a day is left out. */
export const linesOfRoster = (model: RosterModel, roster: Roster): Uint8Array => {
  const lines = new Uint8Array(model.lines.length * model.days);
  for (const { person, day, shift } of roster) lines[person * model.days + day] = shift + 1;
  return lines;
};

const sceneOf = (problem: RosterProblem): RuleScene => {
  const days = problem.days.length;
  const week = new Int32Array(days);
  const isWeekEnd = new Uint8Array(days);
  let current = 0;
  for (const [day, { weekday }] of problem.days.entries()) {
    week[day] = current;
    if (weekday !== 7) continue;
    isWeekEnd[day] = 1;
    current += 1;
  }
  const length = Array.from({ length: current + 1 }, () => 0);
  for (const at of week) length[at] = (length[at] ?? 0) + 1;
  return {
    problem,
    days,
    options: problem.shifts.length + 1,
    week,
    isWeekEnd,
    wholeWeek: length.map((count) => count === 7),
    asSaid: new Map(problem.rules.map((rule) => [rule, JSON.stringify({ ...rule, people: undefined })])),
    weights: new Map(),
  };
};
