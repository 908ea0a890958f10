import type { ReactNode } from 'react';
import type { ModelName } from '../../../contract/http/model-name.ts';
import type { NamesSeen } from '../../../contract/http/names-seen.ts';
import type { PageProps } from '../../page-props.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech, type PlainKey } from '../../words/words.tsx';
import { useFieldWords } from '../fields/choices.ts';
import { FieldsOf, ListForm } from '../fields/part-form.tsx';
import { placeOfModel, type Place } from '../fields/place.ts';
import { ModelEditor } from '../model-editor.tsx';
import { RulesForm } from './rules-form.tsx';
import { Surrounded } from './surroundings.tsx';

interface ViewProps {
  /** The models' places, by name. */
  readonly places: Readonly<Partial<Record<ModelName, Place>>>;
  readonly seen: NamesSeen;
}

interface View {
  readonly names: readonly ModelName[];
  readonly title: PlainKey;
  readonly note: PlainKey;
  readonly form: (props: ViewProps) => ReactNode;
}

/** A list that takes names that the data have. */
const ListOf = ({
  place,
  seen,
}: {
  readonly place: Place | undefined;
  readonly seen?: readonly string[];
}) => {
  const { nameOf } = useFieldWords();
  if (place === undefined) return null;
  return (
    <ListForm
      place={place}
      label={nameOf(place.name, place.within)}
      {...(seen === undefined ? {} : { seen })}
    />
  );
};

const Heading = ({ of }: { readonly of: PlainKey }) => {
  const { say } = useSpeech();
  return <h3>{say(of)}</h3>;
};

const fields = (place: Place | undefined, hidden: readonly string[] = []): ReactNode =>
  place === undefined ? null : <FieldsOf place={place} hidden={hidden} />;

/** Models that are edited in forms made of their schemas, each with what is added from the data. */
export const modelViews = {
  line: {
    names: ['hotline'],
    title: 'settings.line',
    note: 'settings.lineNote',
    form: ({ places }) => fields(places.hotline, ['openingHours', 'queues', 'madeUp']),
  },
  tiers: {
    names: ['tiers'],
    title: 'settings.tiers',
    note: 'settings.tiersNote',
    form: ({ places, seen }) => (
      <>
        <ListOf place={places.tiers?.at('tiers')} seen={seen.tiers} />
        {fields(places.tiers, ['tiers'])}
      </>
    ),
  },
  prompts: {
    names: ['prompts'],
    title: 'settings.prompts',
    note: 'settings.promptsNote',
    form: ({ places, seen }) => (
      <>
        <ListOf place={places.prompts?.at('prompts')} seen={seen.prompts} />
        <ListOf place={places.prompts?.at('channels')} seen={seen.channels} />
        {fields(places.prompts, ['prompts', 'channels'])}
      </>
    ),
  },
  levers: {
    names: ['levers'],
    title: 'settings.levers',
    note: 'settings.leversNote',
    form: ({ places }) => fields(places.levers),
  },
  monitor: {
    names: ['monitor', 'scorecard'],
    title: 'settings.monitor',
    note: 'settings.monitorNote',
    form: ({ places, seen }) => (
      <>
        <Heading of="model.monitor" />
        {fields(places.monitor, ['monitor'])}
        <Heading of="model.scorecard" />
        {fields(places.scorecard, ['scorecard', 'indicators'])}
        <ListOf place={places.scorecard?.at('indicators')} seen={seen.indicators} />
      </>
    ),
  },
  rules: {
    names: ['labourRules'],
    title: 'settings.rules',
    note: 'settings.rulesNote',
    form: ({ places }) => <RulesForm place={places.labourRules} />,
  },
} as const satisfies Readonly<Record<string, View>>;
export type ModelView = keyof typeof modelViews;

export const ModelViewPanel = ({ view, workspace, reload }: PageProps & { readonly view: ModelView }) => {
  const { say } = useSpeech();
  const { names, title, note, form }: View = modelViews[view];
  return (
    <Panel
      title={say(title)}
      note={say(note)}
      actions={
        <a href={placeHref('settings', { view: 'all', model: names[0] ?? 'hotline' })}>
          {say('settings.expert')}
        </a>
      }
    >
      <ModelEditor names={names} workspace={workspace} reload={reload}>
        {(models) => {
          const places = Object.fromEntries(names.map((name) => [name, placeOfModel(models, name)] as const));
          if (Object.values(places).includes(undefined)) return <p role="alert">{say('models.notJson')}</p>;
          return (
            <Surrounded workspace={workspace} models={models}>
              {(seen) => form({ places, seen })}
            </Surrounded>
          );
        }}
      </ModelEditor>
    </Panel>
  );
};
