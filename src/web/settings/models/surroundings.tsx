import type { ReactNode } from 'react';
import { currencyOf } from '../../../kernel/currency.ts';
import type { NamesSeen } from '../../../contract/http/names-seen.ts';
import type { HotlineModel } from '../../../contract/models/hotline-model.ts';
import type { PromptsModel } from '../../../contract/models/prompts-model.ts';
import { callApi } from '../../api/call-api.ts';
import { useLoad } from '../../api/use-load.ts';
import type { PageProps } from '../../page-props.ts';
import { useSpeech } from '../../words/words.tsx';
import { SurroundingsContext, type Choices } from '../fields/choices.ts';
import { readModel } from '../use-models.ts';
import type { EditedModels } from '../use-models.ts';

const nothing: NamesSeen = { tiers: [], skills: [], prompts: [], channels: [], indicators: [], hotlines: [] };

/** Gives forms what their fields may name, from the line and from its data, and hands on the latter. */
export const Surrounded = ({
  workspace,
  models,
  children,
}: {
  readonly workspace: PageProps['workspace'];
  readonly models: EditedModels;
  readonly children: (seen: NamesSeen) => ReactNode;
}) => {
  const { tell } = useSpeech();
  const around = `${JSON.stringify(workspace.hotline)} ${JSON.stringify(workspace.traffic)}`;
  const [loaded] = useLoad(`seen ${around}`, (signal) => callApi('namesSeen', { signal }));
  const [line] = useLoad(`line ${around}`, (signal) => readModel('hotline', signal));
  const seen = loaded.state === 'ready' ? loaded.value : nothing;
  const { queues, tiers } = workspace.hotline;
  const plain = (keys: readonly string[]) => keys.map((value) => ({ value, label: value }));
  const queueChoices = queues.map(({ queue, name }) => ({ value: queue, label: tell(name) }));
  const prompts = models.part('prompts') as PromptsModel | undefined;
  const choices: Choices = {
    queue: queueChoices,
    queues: queueChoices,
    toQueue: queueChoices,
    tiers: tiers.map(({ tier, name }) => ({ value: tier, label: tell(name) })),
    skills: plain(seen.skills),
    channel: (prompts?.channels ?? []).map(({ channel, name }) => ({ value: channel, label: tell(name) })),
    monitoredAs: plain(seen.hotlines),
  };
  const currency = line.state === 'ready' ? currencyOf(line.value as HotlineModel) : undefined;
  return <SurroundingsContext value={{ choices, currency }}>{children(seen)}</SurroundingsContext>;
};
