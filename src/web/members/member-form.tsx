import { Button, Form, Input, Select } from 'antd';
import { roles, type Role } from '../../contract/access/roles.ts';
import type { MemberDocument } from '../../contract/http/account-documents.ts';
import { roleWords } from '../../words/terminal/admin.ts';
import { useSpeech } from '../words/words.tsx';

export interface MemberFields {
  readonly user: string;
  readonly name: string;
  readonly role: Role | null;
  readonly operator: string | null;
}

interface Typed {
  readonly user?: string;
  readonly name: string;
  readonly role: Role | 'none';
  readonly operator?: string;
}

/** Somebody new, or somebody who is there: name, role on this hotline, operator. */
export const MemberForm = ({
  member,
  busy,
  save,
  cancel,
}: {
  readonly member: MemberDocument | undefined;
  readonly busy: boolean;
  readonly save: (fields: MemberFields) => void;
  readonly cancel: () => void;
}) => {
  const { say, language } = useSpeech();
  const [form] = Form.useForm<Typed>();
  const role = Form.useWatch('role', form);
  const finish = ({ user, name, role: chosen, operator }: Typed): void =>
    save({
      user: member?.user ?? user ?? '',
      name,
      role: chosen === 'none' ? null : chosen,
      operator: chosen === 'operator' && operator !== undefined && operator !== '' ? operator : null,
    });
  const options = [...roles, 'none' as const].map((value) => ({
    value,
    label: value === 'none' ? say('members.noRole') : roleWords[value][language],
  }));
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="narrow"
      initialValues={{
        name: member?.name ?? '',
        role: member === undefined ? 'viewer' : (member.role ?? 'none'),
        operator: member?.operator ?? '',
      }}
      onFinish={finish}
    >
      {member === undefined && (
        <Form.Item name="user" label={say('members.user')} rules={[{ required: true, message: '' }]}>
          <Input maxLength={64} autoComplete="off" autoFocus />
        </Form.Item>
      )}
      <Form.Item name="name" label={say('members.name')} rules={[{ required: true, message: '' }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label={say('members.role')}>
        <Select options={options} />
      </Form.Item>
      {role === 'operator' && (
        <Form.Item name="operator" label={say('members.operator')} extra={say('members.operatorNote')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
      <span className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {say(member === undefined ? 'members.add' : 'members.save')}
        </Button>
        <Button onClick={cancel}>{say('members.cancel')}</Button>
      </span>
    </Form>
  );
};
