import { Fragment, type ReactNode } from 'react'

/** What a table shows. */
export interface TableProps {
  /** Names the table; shown above it. */
  readonly caption: string
  readonly head: readonly string[]
  /** Cells by row; the first cell names the row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table that scrolls by itself where the page is narrow. */
export function Table({ caption, head, rows }: TableProps): ReactNode {
  return (
    <div className="table-box" role="region" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, index) => (
                <Fragment key={head[index + 1]}>
                  <td>{cell}</td>
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
