import { type ReactNode, useId } from 'react'

/** What a card shows. */
export interface CardProps {
  readonly title: string
  /** What stands on the right of the title, such as a badge or a button. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A titled box; a region of the page that carries its title as its name. */
export function Card({ title, aside, children }: CardProps): ReactNode {
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
