import { Input, Select } from 'antd';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import type { PageProps } from '../page-props.ts';
import { Panel } from '../ui/panel.tsx';
import { changePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { ModelEditor } from './model-editor.tsx';
import type { EditedModels } from './use-models.ts';

/** Every model as JSON, checked like the forms: for whoever knows the files. */
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
  return (
    <Input.TextArea
      aria-label={say('models.editor', { name: say(`model.${name}`) })}
      className="editor"
      rows={24}
      spellCheck={false}
      value={models.text(name)}
      onChange={(event) => models.editText(name, event.target.value, 'json')}
    />
  );
};
