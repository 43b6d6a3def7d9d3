import { type ReactNode, useId } from 'react'

/** What there is to choose from. */
export interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  /** Pairs of value and text. */
  readonly options: readonly (readonly [value: Value, text: string])[]
  readonly onChange: (value: Value) => void
  readonly isDisabled?: boolean
}

/** One of several things, all of them in sight. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactNode {
  const { label, value, options, onChange, isDisabled = false } = props
  const name = useId()
  return (
    <fieldset className="choice" disabled={isDisabled}>
      <legend>{label}</legend>
      <div className="choice-options">
        {options.map(([option, text]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
