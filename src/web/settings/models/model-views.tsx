import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { ModelName, NamesSeen } from '../../../contract/http/model-name.ts';
import type { HotlineModel } from '../../../contract/models/hotline-model.ts';
import type { TiersModel } from '../../../contract/models/tiers-model.ts';
import { labourRuleSchema } from '../../../contract/models/labour-rules-model.ts';
import type { PromptsModel } from '../../../contract/models/prompts-model.ts';
import { currencyOf } from '../../../kernel/currency.ts';
import { inLanguage, type Text } from '../../../kernel/text.ts';
import { useAnswer, useLoad } from '../../api/use-load.ts';
import type { PageProps } from '../../api/page-access.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { type PlainKey, useSpeech } from '../../words/words.tsx';
import { EntriesForm, type Place } from '../fields/entries-form.tsx';
import {
  alternatives,
  type Choices,
  emptyOf,
  isRecord,
  type Part,
  SurroundingsContext,
  textOf,
  useFieldWords,
  filledShape,
  fits,
  type Shape,
  shapeOf,
  withEntry,
} from '../fields/model-shape.ts';
import { FieldsOf, ListForm } from '../fields/part-form.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { type EditedModels, readModel } from '../use-models.ts';

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

/** Profiles of labour rules: each rule says itself by its numbers; further ones are added by kind. */
const RulesForm = ({ place }: { readonly place: Place | undefined }) => {
  const { say, language } = useSpeech();
  if (place === undefined) return null;
  const profiles = place.at('profiles');
  const [first] = Array.isArray(profiles.part) ? (profiles.part as readonly Part[]) : [];
  const titleOf = (profile: Part): string => {
    const name = isRecord(profile) ? inLanguage(profile.name as Text, language) : '';
    return profile === first ? `${name} · ${say('settings.rulesInUse')}` : name;
  };
  return (
    <EntriesForm
      place={profiles}
      label={say('settings.rules')}
      titleOf={(profile) => titleOf(profile)}
      fields={(profile) => (
        <>
          <FieldsOf place={profile} hidden={['profile', 'rules']} />
          <RulesOf place={profile.at('rules')} />
        </>
      )}
    />
  );
};

const RulesOf = ({ place }: { readonly place: Place }) => {
  const { say, tell } = useSpeech();
  const { nameOf } = useFieldWords();
  const kinds = alternatives(place.shape.items ?? {});
  const kindOf = (kind: (typeof kinds)[number]): string => String(kind.properties?.rule?.const);
  const titleOf = (entry: Part): string => {
    const { data: rule } = labourRuleSchema.safeParse(entry);
    if (rule !== undefined) return tell({ code: 'labour-rule', values: { rule } });
    return isRecord(entry) ? nameOf(textOf(entry.rule), 'rule') : '';
  };
  return (
    <ListForm
      place={place}
      label={nameOf('rules', 'profiles')}
      titleOf={titleOf}
      adding={(add) => (
        <Select
          aria-label={say('settings.addRule')}
          placeholder={say('settings.addRule')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 300, maxWidth: '100%' }}
          options={kinds.map((kind) => ({ value: kindOf(kind), label: nameOf(kindOf(kind), 'rule') }))}
          onChange={(chosen: string | null) => {
            const kind = kinds.find((each) => kindOf(each) === chosen);
            if (kind !== undefined) add({ ...(emptyOf(kind) as object), price: 'hard' });
          }}
        />
      )}
    />
  );
};

const nothing: NamesSeen = { tiers: [], skills: [], prompts: [], channels: [], indicators: [], hotlines: [] };

/** Gives forms what their fields may name, from the line and from its data, and hands on the latter. */
const Surrounded = ({
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
  const [loaded] = useAnswer('namesSeen', {}, around);
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
  const tiersModel = (models.part('tiers') as TiersModel | undefined) ?? { tiers: [] };
  const currency =
    line.state === 'ready'
      ? currencyOf({ hotline: line.value as HotlineModel, tiers: tiersModel })
      : undefined;
  return <SurroundingsContext value={{ choices, currency }}>{children(seen)}</SurroundingsContext>;
};

/** The shape of a part's field or entry, as the form that the part has now gives it. */
const shapeWithin = (shape: Shape, part: Part | undefined, key: string | number): Shape => {
  const filled = filledShape(shape).shape;
  const form = alternatives(filled).find((each) => fits(each, part)) ?? filled;
  if (typeof key === 'number') return form.prefixItems?.[key] ?? form.items ?? {};
  const more = typeof form.additionalProperties === 'object' ? form.additionalProperties : {};
  return form.properties?.[key] ?? more;
};

const isRequired = (shape: Shape, part: Part | undefined, key: string | number): boolean => {
  const form = alternatives(filledShape(shape).shape).find((each) => fits(each, part));
  return typeof key === 'number' || form?.required?.includes(key) === true;
};

const partWithin = (part: Part | undefined, key: string | number): Part | undefined => {
  if (typeof key === 'number') return Array.isArray(part) ? (part[key] as Part | undefined) : undefined;
  return isRecord(part) ? part[key] : undefined;
};

const partWith = (whole: Part | undefined, key: string | number, part: Part | undefined): Part => {
  if (typeof key === 'string') return withEntry(isRecord(whole) ? whole : {}, key, part);
  const entries: readonly Part[] = Array.isArray(whole) ? (whole as readonly Part[]) : [];
  return part === undefined ? entries.toSpliced(key, 1) : entries.with(key, part);
};

type Root = Pick<Place, 'name' | 'within' | 'path' | 'shape' | 'part' | 'isOptional' | 'change'> & {
  readonly wrongAt: (path: string) => string | undefined;
  readonly wrongsIn: (path: string) => number;
};

const placeOf = (root: Root): Place => {
  const { path, shape, part, wrongAt, wrongsIn, change } = root;
  return {
    ...root,
    wrong: wrongAt(path),
    wrongs: wrongsIn(path),
    at: (key) => {
      const below = path === '' ? String(key) : `${path}.${key}`;
      return placeOf({
        name: typeof key === 'number' ? root.name : key,
        within: typeof key === 'number' ? root.within : root.name,
        path: below,
        shape: shapeWithin(shape, part, key),
        part: partWithin(part, key),
        isOptional: !isRequired(shape, part, key),
        wrongAt,
        wrongsIn,
        change: (next, mark = below) => change(partWith(part, key, next), mark),
      });
    },
  };
};

/** The place that is a whole model; undefined while what is written is no JSON. */
const placeOfModel = (models: EditedModels, name: ModelName): Place | undefined => {
  const part = models.part(name);
  if (part === undefined) return undefined;
  return placeOf({
    name: '',
    within: '',
    path: '',
    shape: shapeOf(name),
    part,
    isOptional: false,
    wrongAt: (path) => models.wrong(name, path),
    wrongsIn: (path) => models.wrongsIn(name, path),
    change: (next, mark) => models.edit(name, next, mark),
  });
};
