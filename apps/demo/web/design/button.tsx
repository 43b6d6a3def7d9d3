import type { ReactNode } from 'react'

/** What a button does and how it looks. */
export interface ButtonProps {
  readonly onPress: () => void
  /** Default `plain`. */
  readonly kind?: 'plain' | 'primary' | 'danger'
  /** Given for a button that stays pressed: a switch that breaks something. */
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

/** A button. */
export function Button(props: ButtonProps): ReactNode {
  const { onPress, kind = 'plain', isPressed, isDisabled = false, children } = props
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-pressed={isPressed}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
