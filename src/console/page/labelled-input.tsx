import { type InputHTMLAttributes, useId } from 'react';

interface LabelledInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  /** What is wrong with the value. */
  readonly error?: string | undefined;
}

/** An input with its label, and with its error, which is not part of its name. */
export function LabelledInput({ label, error, ...input }: LabelledInputProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={error && `${id}-error`}
      />
      {error && (
        <span className="error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
