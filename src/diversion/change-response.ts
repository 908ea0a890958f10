import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import type { PromptAudience, PromptPlacement } from '../kernel/hotline.ts';
import type { PromptEntry } from './place-prompt.ts';

/** What a scenario says of every prompt in place of the catalogue. */
export type ResponseChange = Pick<ScenarioModel, 'offeredTo' | 'patienceFactor'>;

type Told = { readonly offeredTo?: PromptAudience | undefined } & Pick<
  PromptEntry | PromptPlacement,
  'response'
>;

const changed = <Prompt extends Told>(
  prompt: Prompt,
  { offeredTo, patienceFactor }: ResponseChange,
): Prompt => ({
  ...prompt,
  ...(offeredTo === undefined ? {} : { offeredTo }),
  ...(patienceFactor === undefined ? {} : { response: { ...prompt.response, patienceFactor } }),
});

/** The same prompts offered to others, or borne otherwise by those who stay. */
export const changePlacements = (
  placements: readonly PromptPlacement[],
  change: ResponseChange,
): PromptPlacement[] => placements.map((placement) => changed(placement, change));

/** The same prompts when those who hear them and stay bear the wait `factor` times as long. */
export const scalePatience = (placements: readonly PromptPlacement[], factor: number): PromptPlacement[] =>
  placements.map((placement) => ({
    ...placement,
    response: {
      ...placement.response,
      patienceFactor: factor * (placement.response.patienceFactor ?? 1),
    },
  }));

/** The catalogue as the scenario has it. */
export const changeCatalogue = (catalogue: PromptsModel, change: ResponseChange): PromptsModel => ({
  ...catalogue,
  prompts: catalogue.prompts.map((entry) => changed(entry, change)),
});
