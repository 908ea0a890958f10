import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import { modelSchemas } from '../../contract/models/model-schemas.ts';
import type { PageProps } from '../page-props.ts';
import { Panel } from '../ui/panel.tsx';
import { changePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { ModelEditor } from './model-editor.tsx';
import { ModelForm } from './model-form.tsx';
import type { Shape } from './model-shape.ts';
import type { EditedModels } from './use-models.ts';

const shapeOf = (name: ModelName): Shape =>
  z.toJSONSchema(modelSchemas[name], { io: 'input', unrepresentable: 'any' }) as unknown as Shape;

/** Every model with all that its schema takes: in forms made of the schemas, or as JSON. */
export const ModelsPanel = ({ workspace, params, reload }: PageProps) => {
  const { say } = useSpeech();
  const name = modelNameSchema.safeParse(params.get('model')).data ?? 'hotline';
  return (
    <Panel
      title={say('models.title')}
      note={say('models.note')}
      actions={
        <Select
          aria-label={say('models.which')}
          value={name}
          style={{ minWidth: 200 }}
          options={modelNameSchema.options.map((each) => ({ value: each, label: say(`model.${each}`) }))}
          onChange={(chosen: ModelName) => changePlace({ model: chosen })}
        />
      }
    >
      <ModelEditor key={name} names={[name]} workspace={workspace} reload={reload}>
        {(models) => <AnyModel name={name} models={models} />}
      </ModelEditor>
    </Panel>
  );
};

const AnyModel = ({ name, models }: { readonly name: ModelName; readonly models: EditedModels }) => {
  const { say } = useSpeech();
  const [way, setWay] = useState<'form' | 'json'>('form');
  const part = models.part(name);
  return (
    <>
      <Segmented
        aria-label={say('models.way')}
        size="small"
        value={way}
        options={(['form', 'json'] as const).map((each) => ({ value: each, label: say(`models.${each}`) }))}
        onChange={setWay}
      />
      {way === 'form' && part !== undefined ? (
        <ModelForm
          shape={shapeOf(name)}
          part={part}
          label={say(`model.${name}`)}
          change={(changed) => models.edit(name, changed)}
        />
      ) : (
        <Input.TextArea
          aria-label={say('models.editor', { name: say(`model.${name}`) })}
          className="editor"
          rows={18}
          spellCheck={false}
          value={models.text(name)}
          onChange={(event) => models.editText(name, event.target.value, 'json')}
        />
      )}
    </>
  );
};
