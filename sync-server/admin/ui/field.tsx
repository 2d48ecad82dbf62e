import { Input, type InputRef } from 'antd';
import { type ReactNode, type Ref, useId } from 'react';

type FieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  error?: string | undefined;
  type?: 'text' | 'password' | 'date';
  autoComplete?: string;
  autoFocus?: boolean;
  testId?: string;
  maxLength?: number;
  inputRef?: Ref<InputRef>;
};

/** A labelled input with its help, or with what is wrong with it, which screen readers are told. */
export function Field(props: FieldProps) {
  const id = useId();
  const { label, value, help, error, type = 'text' } = props;
  const shared = {
    id,
    ...(props.inputRef ? { ref: props.inputRef } : {}),
    value,
    type,
    onChange: (event: { target: { value: string } }) => props.onChange(event.target.value),
    autoComplete: props.autoComplete ?? 'off',
    autoFocus: props.autoFocus ?? false,
    maxLength: props.maxLength ?? 200,
    'data-testid': props.testId,
    'aria-invalid': error !== undefined,
    'aria-describedby': error || help ? `${id}-help` : undefined,
    ...(error ? { status: 'error' as const } : {}),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {type === 'password' ? (
        <Input.Password {...shared} size="large" />
      ) : (
        <Input {...shared} size="large" spellCheck={false} autoCapitalize="none" />
      )}
      <FieldHelp id={`${id}-help`} error={error}>
        {error ?? help}
      </FieldHelp>
    </div>
  );
}

function FieldHelp({ id, error, children }: { id: string; error: string | undefined; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className={error ? 'field-error' : 'field-help'} role={error ? 'alert' : undefined}>
      {children}
    </p>
  );
}
