/** What of a plan is looked at; the first is what opens. */
export const planViews = [
  'answer',
  'forecast',
  'requirement',
  'shifts',
  'prompts',
  'projection',
  'assumptions',
] as const;
export type PlanViewName = (typeof planViews)[number];

/** The view that an address names; the first where it names none. */
export const planViewOf = (params: URLSearchParams): PlanViewName =>
  planViews.find((view) => view === params.get('view')) ?? 'answer';

/** Where in the app a decision is taken, by the finding that asks for it. */
export const placeOfDecision: Readonly<Record<string, PlanViewName | 'data'>> = {
  'decide-unusual': 'data',
  'decide-assumed-shape': 'data',
  'decide-far-data': 'data',
  'decide-learnt-hours': 'assumptions',
  'decide-assumed-handle-time': 'assumptions',
  'decide-unstaffed': 'requirement',
  'decide-short': 'requirement',
  'decide-release': 'requirement',
  'decide-not-proved': 'projection',
  'decide-prompts': 'prompts',
};
