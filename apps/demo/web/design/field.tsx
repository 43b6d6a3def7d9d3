import { type ReactNode, useId } from 'react'

/** What every kind of field has. */
export interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isDisabled?: boolean
}

/** A line of text to fill in. */
export function TextField(props: FieldProps & { readonly placeholder?: string }): ReactNode {
  return (
    <Labelled {...props}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={props.value}
          placeholder={props.placeholder}
          disabled={props.isDisabled}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

/** Several lines of text to fill in. */
export function TextArea(props: FieldProps & { readonly rows?: number }): ReactNode {
  return (
    <Labelled {...props}>
      {(ids) => (
        <textarea
          {...ids}
          rows={props.rows ?? 4}
          autoComplete="off"
          spellCheck={false}
          value={props.value}
          disabled={props.isDisabled}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

/** One of several things, folded away. Options are pairs of value and text. */
export function Select(
  props: FieldProps & { readonly options: readonly (readonly [value: string, text: string])[] },
): ReactNode {
  return (
    <Labelled {...props}>
      {(ids) => (
        <select
          {...ids}
          value={props.value}
          disabled={props.isDisabled}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface Ids {
  readonly id: string
  readonly 'aria-describedby': string | undefined
}

interface LabelledProps {
  readonly label: string
  readonly hint?: string
  readonly children: (ids: Ids) => ReactNode
}

function Labelled({ label, hint, children }: LabelledProps): ReactNode {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hint === undefined ? undefined : hintId })}
      {hint !== undefined && (
        <span className="field-hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  )
}
